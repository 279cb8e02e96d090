#include "app/verify_reply.h"

#include "base/ask.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"

bool verify_reply_read(const char *line, size_t n, struct verify_reply *ret, struct err *e)
{
	struct verify_reply reply = { 0 };
	struct json_field fields[] = {
		{ .key = "result", .to = reply.result, .size = sizeof reply.result },
		{ .key = "by", .to = reply.by, .size = sizeof reply.by },
		{ .key = "message_zh", .to = reply.message_zh, .size = sizeof reply.message_zh },
		{ .key = "message_en", .to = reply.message_en, .size = sizeof reply.message_en },
	};
	struct json j;

	if (n > ASK_LINE_MAX)
		return err_set(e, ERR_DEVICE, "verifier: its reply is longer than %d bytes", ASK_LINE_MAX);
	json_init(&j, line, n);
	if (!json_object(&j, fields, sizeof fields / sizeof *fields, ASK_LINE_MAX, false) || !json_end(&j))
		return err_set(e, ERR_DEVICE, "verifier: %s, %zd bytes before the end of its reply", j.why,
			j.end - j.at);
	if (!str_eq(reply.result, "pass") && !str_eq(reply.result, "fail") && !str_eq(reply.result, "manual"))
		return err_set(e, ERR_DEVICE, "verifier: `result` must be pass, fail or manual");
	*ret = reply;
	return true;
}
