#include "ui/view.h"

void view_destroy(struct view *v)
{
	if (v)
		v->ops->destroy(v);
}

void view_show(struct view *v, struct page *p)
{
	v->ops->show(v, p);
}

void view_wait(struct view *v, int timeout_ms, int watch_fd, struct page *p, struct event *ret_event)
{
	v->ops->wait(v, timeout_ms, watch_fd, p, ret_event);
}

void view_beep(struct view *v)
{
	v->ops->beep(v);
}
