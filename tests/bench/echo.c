/* The baseline of the key-to-screen bench: the least that an ncurses program does between a key and the screen. */
#include <locale.h>

#include <curses.h>

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	initscr();
	raw();
	noecho();
	keypad(stdscr, TRUE);
	mvaddstr(0, 0, "echo: type, Ctrl-Q ends");
	move(2, 0);
	for (int key; (key = getch()) != ('q' & 0x1f) && key != ERR;) {
		int y, x;
		getyx(stdscr, y, x);
		if (key == KEY_BACKSPACE || key == 127) {
			if (x > 0)
				mvdelch(y, x - 1);
		} else if (key < 256) {
			addch((chtype)key);
		}
		refresh();
	}
	endwin();
	return 0;
}
