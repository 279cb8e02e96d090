#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stdint.h>

/*
 * What a key or a line of the linear dialogue means. One list: enum, name, key as shown, help text (Chinese, key of the
 * catalogue; NULL: not shown). The key codes of each row are in ui/keys.c.
 */
#define ACTIONS(X) \
	X(NONE, "", NULL) \
	X(CHAR, "", NULL) /* a typed character, in event.point */ \
	X(UP, "↑", N_("上一项")) \
	X(DOWN, "↓", N_("下一项")) \
	X(LEFT, "←", N_("光标左移")) \
	X(RIGHT, "→", N_("光标右移")) \
	X(HOME, "Home", N_("光标到开头")) \
	X(END, "End", N_("光标到末尾")) \
	X(PAGE_UP, "PgUp", N_("上一页")) \
	X(PAGE_DOWN, "PgDn", N_("下一页")) \
	X(NEXT_FIELD, "Tab", N_("下一项")) \
	X(PREVIOUS_FIELD, "Shift+Tab", N_("上一项")) \
	X(BACKSPACE, "⌫", N_("删除光标前的字")) \
	X(DELETE, "Del", N_("删除光标后的字")) \
	X(ENTER, "Enter", N_("确定")) \
	X(BACK, "Esc", N_("返回")) \
	X(HELP, "F1", N_("帮助")) \
	X(LANGUAGE, "F2", N_("English")) \
	X(LINEAR, "F3", N_("逐行朗读模式")) \
	X(PAUSE, "F9", N_("暂停")) \
	X(LEAVE, "F10", N_("退出")) \
	/* made by a page or a screen kind */ \
	X(NEXT, "", NULL)   /* this page is answered: check, store, go on */ \
	X(CHANGE, "", NULL) /* review: go to the step in event.row and come back */ \
	X(SUBMIT, "", NULL) \
	X(FINISH, "", NULL) /* wipe and return to the start screen */ \
	/* made by a view */ \
	X(PRESS, "", NULL)        /* linear: the row in event.row */ \
	X(TYPE, "", NULL)         /* linear: event.text becomes the text of the input row event.row */ \
	X(REDRAW, "", N_("重读")) /* size changed; linear: read the page once more */ \
	X(TICK, "", NULL)         /* the wait timed out */ \
	X(READY, "", NULL)        /* the file descriptor that was watched too can be read */ \
	X(CLOSED, "", NULL)       /* terminal gone or end of input */ \
	X(STOP, "", NULL)         /* SIGTERM, SIGHUP: end the program */

enum action {
#define X(name, key, help) ACTION_##name,
	ACTIONS(X)
#undef X
		ACTION_COUNT
};

struct event {
	enum action action;
	uint32_t point;
	int row;
	char text[1024];
};

const char *action_key(enum action a);  /* "F1" */
const char *action_help(enum action a); /* Chinese, NULL: not shown */

#endif
