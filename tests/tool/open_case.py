#!/usr/bin/python3
"""A second reader of sealed cases, written from data/envelope/README.md and not from the C source. Test only.

open_case.py --trust SIGN (--seed SEED | --code CODE) [--out FOLDER] ENVELOPE [PART...] [--then ENVELOPE PART...]...
    SIGN: Ed25519 key of the center (hex) whose certificates are believed; SEED: the center's seed (hex). Each --then is
    the next revision. Prints the case as JSON, writes its files into FOLDER. Ends with 1 and one word when it is refused.
open_case.py --vectors FOLDER
    Reads all test vectors.
Needs PyNaCl (Debian: python3-nacl).
"""
import argparse
import datetime
import hashlib
import json
import os
import sys
import unicodedata

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

DAMM = "0317598642 7092154863 4206871359 1750983426 6123045978 3674209581 5869720134 8945362017 9438617205 2581436790".split()
CHUNK, TAG, HEADER, SIGNATURE, CERTIFICATE = 65536, 17, 24, 64, 108
ENVELOPE_MAX, RECIPIENTS_MAX, PARTS_MAX, ANSWERS_MAX = 1024 * 1024, 16, 64, 400
CENTER, QUERY = 1, 2
SLOTS = {CENTER: 88, QUERY: 96}


class Refused(Exception):
    pass


def blake2b(data, size, key=b""):
    return hashlib.blake2b(data, digest_size=size, key=key).digest()


def kdf(context, number, key):
    salt = number.to_bytes(8, "little") + bytes(8)
    return hashlib.blake2b(b"", digest_size=32, key=key, salt=salt, person=context + bytes(8)).digest()


def argon2id(text, salt, passes, kib):
    return sodium.crypto_pwhash_alg(32, text, salt, passes, kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13)


class Center:
    def __init__(self, seed):
        self.sign, _ = sodium.crypto_sign_seed_keypair(kdf(b"juzhuctr", 1, seed))
        self.box, self.secret = sodium.crypto_box_seed_keypair(kdf(b"juzhuctr", 2, seed))
        self.index = kdf(b"juzhuctr", 4, seed)
        self.id = blake2b(self.box, 32)[:8]


def person_index(number, key, passes, kib):
    salt = blake2b(b"juzhu person 1", 16, key)
    return blake2b(argon2id(number.replace("x", "X").encode(), salt, passes, kib), 16, key)


class Bytes:
    """Takes bytes off the front; `word` is what is said when there are none left."""

    def __init__(self, data, word):
        self.data, self.at, self.word = data, 0, word

    def must(self, holds):
        if not holds:
            raise Refused(self.word)

    def take(self, n):
        self.must(len(self.data) - self.at >= n)
        self.at += n
        return self.data[self.at - n : self.at]

    def number(self, width):
        return int.from_bytes(self.take(width), "big")

    def text(self, width, least, most):
        data = self.take(self.number(width))
        self.must(least <= len(data) <= most and 0 not in data)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(self.word) from None

    def digits(self, n):
        data = self.take(n)
        self.must(all(0x30 <= c <= 0x39 for c in data))
        return data.decode("ascii")

    def end(self):
        self.must(self.at == len(self.data))


def signed_by(key, signature, message):
    try:
        sodium.crypto_sign_open(signature + message, key)
        return True
    except (CryptoError, ValueError):
        return False


def plain_size(sealed):
    """None: no sealed text has this size."""
    rest = sealed - HEADER
    chunks = max(1, -(-rest // (CHUNK + TAG)))
    plain = rest - chunks * TAG
    if plain < 0 or max(1, -(-plain // CHUNK)) != chunks:
        return None
    return plain


def stream_open(sealed, associated, key, word):
    if plain_size(len(sealed)) is None:
        raise Refused(word)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[:HEADER], key)
    plain = b""
    for at in range(HEADER, len(sealed), CHUNK + TAG):
        chunk = sealed[at : at + CHUNK + TAG]
        try:
            text, mark = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, associated)
        except (CryptoError, RuntimeError, ValueError):
            raise Refused(word) from None
        if mark != (3 if at + len(chunk) == len(sealed) else 0):
            raise Refused(word)
        plain += text
    return plain


class Envelope:
    def __init__(self, data):
        self.data = data
        b = Bytes(data, "structure")
        b.must(len(data) <= ENVELOPE_MAX and b.take(4) == b"JZC1")
        if b.number(1) != 1:
            raise Refused("suite")
        flags = b.number(1)
        b.must(flags <= 1)
        self.head = {"item_version": b.number(2), "number": b.digits(20), "station": b.digits(4)}
        self.head.update(revision=b.number(8), created=b.number(8), demo=flags == 1, item=b.text(1, 1, 63))
        state = 0
        for digit in self.head["number"]:
            state = int(DAMM[state][int(digit)])
        b.must(state == 0 and self.head["revision"] > 0 and self.head["created"] < 2**63)
        b.must(not any(unicodedata.category(c) in ("Cc", "Cf") for c in self.head["item"]))
        self.core = data[: b.at]
        self.read_certificate(b)
        self.recipients = []
        count = b.number(1)
        b.must(1 <= count <= RECIPIENTS_MAX)
        for _ in range(count):
            kind, length = b.number(1), b.number(2)
            b.must(kind != 0 and SLOTS.get(kind, length) == length)
            self.recipients.append((kind, b.take(length)))
        count = b.number(1)
        b.must(count <= PARTS_MAX)
        self.parts = [(b.number(4), b.take(32)) for _ in range(count)]
        self.before_body = data[: b.at]
        self.body = b.take(b.number(4))
        self.signed = data[: b.at]
        self.signature = b.take(SIGNATURE)
        b.end()

    def read_certificate(self, b):
        at = b.at
        self.certified = b.digits(4)
        self.sign = b.take(32)
        days = [b.number(4), b.number(4)]
        for day in days:
            try:
                datetime.date(day // 10000, day // 100 % 100, day % 100)
            except ValueError:
                raise Refused("structure") from None
        b.must(days[0] <= days[1])
        self.certificate = self.data[at : b.at]
        self.certificate_signature = b.take(SIGNATURE)

    def verify(self, trusted):
        if not signed_by(self.sign, self.signature, b"juzhu case 1" + blake2b(self.signed, 64)):
            raise Refused("signature")
        if self.certified != self.head["station"]:
            raise Refused("station")
        if not any(signed_by(key, self.certificate_signature, b"juzhu station 1" + self.certificate) for key in trusted):
            raise Refused("certificate")

    def check_parts(self, parts):
        if [(len(p), blake2b(p, 32)) for p in parts] != self.parts:
            raise Refused("part")

    def key_center(self, center):
        for kind, slot in self.recipients:
            if kind == CENTER and slot[:8] == center.id:
                try:
                    return sodium.crypto_box_seal_open(slot[8:], center.box, center.secret)
                except CryptoError:
                    pass
        raise Refused("center")

    def key_code(self, code):
        for kind, slot in self.recipients:
            if kind != QUERY:
                continue
            passes, kib = int.from_bytes(slot[16:20], "big"), int.from_bytes(slot[20:24], "big")
            if not (1 <= passes <= 16 and 8 <= kib <= 1024 * 1024):
                continue
            try:
                return sodium.crypto_secretbox_open(slot[48:], slot[24:48], argon2id(code.encode(), slot[:16], passes, kib))
            except CryptoError:
                pass
        raise Refused("code")

    def open(self, key):
        """Answers and files."""
        inside = stream_open(self.body, blake2b(self.before_body, 32), kdf(b"juzhcase", 0, key), "body")
        b = Bytes(inside, "inside")
        answers, files = {}, []
        last = b""
        count = b.number(2)
        b.must(count <= ANSWERS_MAX)
        for _ in range(count):
            name, value = b.text(1, 1, 64), b.text(2, 1, 2000)
            b.must(name.encode() > last)
            last = name.encode()
            answers[name] = value
        for _ in range(b.number(1)):
            name, mime, size = b.text(1, 0, 255), b.text(1, 0, 255), b.number(4)
            files.append({"name": name, "mime": mime, "size": size, "sha256": b.take(32).hex()})
        b.end()
        b.must(len(files) == len(self.parts))
        return answers, files

    def open_part(self, i, sealed, key, told):
        plain = stream_open(sealed, self.core + bytes([i]), kdf(b"juzhcase", 1 + i, key), "file")
        if len(plain) != told["size"] or hashlib.sha256(plain).hexdigest() != told["sha256"]:
            raise Refused("file")
        return plain


def read_case(data, parts, trusted, center=None, code=None):
    """All that is in it, and the files in the clear; Refused with the word of the README."""
    envelope = Envelope(data)
    envelope.verify(trusted)
    envelope.check_parts(parts)
    key = envelope.key_center(center) if center else envelope.key_code(code)
    answers, files = envelope.open(key)
    plain = [envelope.open_part(i, part, key, files[i]) for i, part in enumerate(parts)]
    return {**envelope.head, "answers": answers, "files": files}, plain, key


def material(file):
    """Of which material it is, or "photo"."""
    return file["name"].split(".")[0]


def read_revised(versions, trusted, center=None, code=None):
    """versions: (envelope, parts) of revision 1, 2, ... The case they make together, and its files in the clear."""
    merged, contents, first = None, {}, None
    for n, (data, parts) in enumerate(versions, 1):
        case, plain, key = read_case(data, parts, trusted, center, code)
        first = first or key
        same = merged is None or all(case[k] == merged[k] for k in ("number", "item", "demo"))
        if case["revision"] != n or not same or key != (first if n == 1 else kdf(b"juzhrevn", n, first)):
            raise Refused("revision")
        files = [{**f, "revision": n} for f in case["files"]]
        contents.update({(n, f["name"]): content for f, content in zip(files, plain)})
        if merged is None:
            merged = {**case, "files": files, "replaced": []}
            continue
        answers = case["answers"]
        for name in answers.pop("revision.removed", "").split(" "):
            merged["answers"] = {k: v for k, v in merged["answers"].items()
                                 if not (k == name or (name.endswith(".") and k.startswith(name)))}
        merged["answers"].update(answers)
        new = {material(f) for f in files}
        merged["replaced"] += [f for f in merged["files"] if material(f) in new]
        merged["files"] = [f for f in merged["files"] if material(f) not in new] + files
        merged["revision"] = n
    if len(versions) > 1:
        counts = lambda f: merged["answers"].get("photo" if material(f) == "photo" else "material." + material(f)) == "file"
        merged["replaced"] += [f for f in merged["files"] if not counts(f)]
        merged["files"] = [f for f in merged["files"] if counts(f)]
    return merged, [contents[f["revision"], f["name"]] for f in merged["files"]]


def read_file(*path):
    with open(os.path.join(*path), "rb") as f:
        return f.read()


def check_good(folder, good, centers):
    """What is wrong with it; "" for nothing."""
    parts = [read_file(folder, name) for name in good["parts"]]
    for name, center in [*centers.items(), ("code", None)]:
        try:
            case, _, key = read_case(read_file(folder, good["envelope"]), parts, [centers["first"].sign], center, good["code"])
        except Refused as refused:
            if name in good["centers"] or name == "code" or str(refused) != "center":
                return f"{name}: {refused}"
            continue
        wrong = [k for k in case if case[k] != good[k]]
        if wrong or key.hex() != good["key"] or (name not in good["centers"] and name != "code"):
            return f"{name}: opens, but not to what was sealed: {wrong}"
    return ""


def check_word(folder, check, centers):
    data = bytearray(read_file(folder, check["envelope"]))
    parts = [bytearray(read_file(folder, name)) for name in check["parts"]]
    if "flip" in check:
        where = parts[check["flip"]["part"]] if "part" in check["flip"] else data
        where[check["flip"]["byte"]] ^= 1 << check["flip"]["bit"]
    data = data[: len(data) - check.get("cut", 0)]
    said = ""
    try:
        center = centers[check["center"]] if "center" in check else None
        read_case(bytes(data), [bytes(p) for p in parts], [centers[check["trust"]].sign], center, check.get("code"))
    except Refused as refused:
        said = str(refused)
    return "" if said == check["says"] else f'said "{said}" instead of "{check["says"]}"'


def check_revised(folder):
    told = json.loads(read_file(folder, "revised.json"))
    center = Center(bytes.fromhex(told["seed"]))
    all_ = [(read_file(folder, f"revised-{i}.envelope"), [read_file(folder, f"revised-{i}.part{k}") for k in range(n)])
            for i, n in enumerate(told["parts"], 1)]
    results = []
    for check in told["checks"]:
        for way in ({"center": center}, {"code": told["code"]}):
            said, wrong = "", []
            try:
                case, _ = read_revised([all_[i - 1] for i in check["order"]], [bytes.fromhex(told["trust"])], **way)
                for k in ("files", "replaced"):
                    case[k] = sorted(([f[x] for x in ("name", "revision", "sha256")] for f in case[k]))
                    told_files = sorted([f[x] for x in ("name", "revision", "sha256")] for f in told[k])
                    wrong += [k] if case[k] != told_files else []
                wrong += ["answers"] if case["answers"] != told["answers"] else []
            except Refused as refused:
                said = str(refused)
            bad = f'said "{said}" instead of "{check["says"]}"' if said != check["says"] else f"other {wrong}" if wrong else ""
            results.append((f"revisions {check['order']}", bad))
    return results


def check_vectors(folder):
    vectors = json.loads(read_file(folder, "vectors.json"))
    centers = {name: Center(bytes.fromhex(c["seed"])) for name, c in vectors["centers"].items()}
    results = []
    for name, center in vectors["centers"].items():
        wrong = [k for k in ("sign", "box", "index") if getattr(centers[name], k).hex() != center[k]]
        results.append((f"center {name}", f"derived differently: {wrong}" if wrong else ""))
    for p in vectors["persons"]:
        index = person_index(p["id"], centers[p["center"]].index, p["passes"], p["kib"])
        results.append(("person", "" if index.hex() == p["index"] else "another index"))
    results += [(good["name"], check_good(folder, good, centers)) for good in vectors["good"]]
    results += [(check["name"], check_word(folder, check, centers)) for check in vectors["checks"]]
    results += check_revised(folder)
    for name, wrong in results:
        print(f"FAIL {name}: {wrong}" if wrong else f"ok {name}")
    failed = sum(1 for _, wrong in results if wrong)
    print(f"{len(results) - failed} right, {failed} wrong")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--vectors")
    parser.add_argument("--trust", action="append", default=[])
    parser.add_argument("--seed")
    parser.add_argument("--code")
    parser.add_argument("--out")
    parser.add_argument("--then", nargs="+", action="append", default=[])
    parser.add_argument("files", nargs="*")
    a = parser.parse_args()
    if a.vectors:
        return check_vectors(a.vectors)
    if not a.files or not a.trust or bool(a.seed) == bool(a.code):
        parser.error("an envelope, --trust, and either --seed or --code")
    center = Center(bytes.fromhex(a.seed)) if a.seed else None
    versions = [[read_file(name) for name in names] for names in [a.files, *a.then]]
    try:
        trusted = [bytes.fromhex(t) for t in a.trust]
        case, plain = read_revised([(data, parts) for data, *parts in versions], trusted, center, a.code)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    for told, content in zip(case["files"], plain):
        if a.out:
            with open(os.path.join(a.out, os.path.basename(told["name"])), "wb") as f:
                f.write(content)
    print(json.dumps(case, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
