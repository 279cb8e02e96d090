// The one file in C++: dlib is a library of templates. No exception leaves it.
#define DLIB_NO_GUI_SUPPORT
#include <dlib/assert.h>
#include <dlib/test_for_odr_violations.h>
// Of the linear algebra only a decomposition at loading time is needed, which dlib can do itself.
#undef DLIB_USE_BLAS
#undef DLIB_USE_LAPACK
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_processing/shape_predictor.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "vision/face.h"

namespace
{
using scanner = dlib::frontal_face_detector::image_scanner_type;
using found = std::pair<double, dlib::rectangle>;

std::unique_ptr<dlib::frontal_face_detector> detector;
std::unique_ptr<dlib::shape_predictor> predictor;

dlib::array2d<unsigned char> image_of(const grey *g)
{
	dlib::array2d<unsigned char> image(g->height, g->width);
	for (unsigned y = 0; y < g->height; y++)
		std::memcpy(&image[y][0], g->pixels + static_cast<size_t>(y) * g->width, g->width);
	return image;
}

double shared(const dlib::rectangle &a, const dlib::rectangle &b)
{
	double both = static_cast<double>(a.intersect(b).area());
	return both / (static_cast<double>(a.area()) + static_cast<double>(b.area()) - both);
}

struct answer {
	double score;
	dlib::rectangle place;
	unsigned long filter;
};

face face_of(const answer &best, const std::vector<answer> &all)
{
	face f{};
	f.left = static_cast<float>(best.place.left());
	f.top = static_cast<float>(best.place.top());
	f.width = static_cast<float>(best.place.width());
	f.height = static_cast<float>(best.place.height());
	f.score = static_cast<float>(best.score);
	std::fill(std::begin(f.filter), std::end(f.filter), FACE_NONE);
	for (const answer &a : all)
		if (a.filter < FACE_FILTERS && shared(a.place, best.place) > 0.5)
			f.filter[a.filter] = std::max(f.filter[a.filter], static_cast<float>(a.score));
	return f;
}
} // namespace

extern "C" bool face_load(const char *landmarks)
{
	try {
		detector = std::make_unique<dlib::frontal_face_detector>(dlib::get_frontal_face_detector());
		predictor.reset();
		if (landmarks) {
			auto p = std::make_unique<dlib::shape_predictor>();
			dlib::deserialize(landmarks) >> *p;
			if (p->num_parts() != FACE_POINTS)
				return false;
			predictor = std::move(p);
		}
		return true;
	} catch (...) {
		return false;
	}
}

extern "C" bool face_has_landmarks(void)
{
	return predictor != nullptr;
}

extern "C" int face_find(const grey *g, float score, face *out, int max)
{
	if (!detector || g->width == 0 || g->height == 0)
		return 0;
	try {
		scanner scan;
		std::vector<answer> all;
		scan.copy_configuration(detector->get_scanner());
		scan.load(image_of(g));
		for (unsigned long k = 0; k < detector->num_detectors(); k++) {
			std::vector<found> some;
			const auto &weights = detector->get_processed_w(k);
			/* The last weight is the threshold at which dlib itself would answer. */
			double threshold = weights.w(scan.get_num_dimensions());
			scan.detect(weights.get_detect_argument(), some, threshold + FACE_FLOOR);
			for (const found &f : some)
				all.push_back({ f.first - threshold, f.second, k });
		}
		std::sort(all.begin(), all.end(), [](const answer &a, const answer &b) { return a.score > b.score; });
		std::vector<dlib::rectangle> taken;
		int n = 0;
		for (const answer &a : all) {
			if (n == max || a.score < score)
				break;
			bool again = std::any_of(taken.begin(), taken.end(),
				[&a](const dlib::rectangle &t) { return detector->get_overlap_tester()(t, a.place); });
			if (again)
				continue;
			taken.push_back(a.place);
			out[n++] = face_of(a, all);
		}
		return n;
	} catch (...) {
		return -1;
	}
}

extern "C" bool face_landmarks(const grey *g, const face *f, float ret_points[FACE_POINTS][2])
{
	if (!predictor)
		return false;
	try {
		dlib::rectangle place(static_cast<long>(f->left), static_cast<long>(f->top),
			static_cast<long>(f->left + f->width) - 1, static_cast<long>(f->top + f->height) - 1);
		dlib::full_object_detection shape = (*predictor)(image_of(g), place);
		for (unsigned k = 0; k < FACE_POINTS; k++) {
			ret_points[k][0] = static_cast<float>(shape.part(k).x());
			ret_points[k][1] = static_cast<float>(shape.part(k).y());
		}
		return true;
	} catch (...) {
		return false;
	}
}
