// Runs Swift's main queue inside GLib's main loop. libdispatch hands out an eventfd that becomes readable
// when jobs wait; CoreFoundation integrates it with the same two functions. Main thread.
// The eventfd keeps its count until it is read: without the read the loop would spin and idles would starve.
//
// Jobs have exactly the priority of drawing, so that each turn of the loop serves both. Below it they starve
// as soon as a frame takes longer than its time (an animation without a graphics card: 5 s without one job);
// above it a flood of jobs lets no frame through.
#include <glib-unix.h>
#include <unistd.h>

#include "CGtkShim.h"

extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *message);

static gboolean drain(gint fd, GIOCondition condition, gpointer data) {
  (void)condition;
  (void)data;
  guint64 wakeups;
  ssize_t got = read(fd, &wakeups, sizeof wakeups);
  (void)got;  // nothing to read means somebody else woke us: draining an empty queue is harmless
  _dispatch_main_queue_callback_4CF(NULL);
  return G_SOURCE_CONTINUE;
}

guint cgtk_attach_main_queue(void) {
  int fd = _dispatch_get_main_queue_handle_4CF();
  if (fd < 0) return 0;
  return g_unix_fd_add_full(GDK_PRIORITY_REDRAW, fd, G_IO_IN, drain, NULL, NULL);
}
