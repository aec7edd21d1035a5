// What Swift cannot reach in GTK: macros, varargs, the main-queue SPI of libdispatch, and a GObject that
// carries a Swift value. Everything here runs on the main thread unless its comment says otherwise.
// Strings are borrowed for the length of the call; "owned" results are released with g_object_unref.
#pragma once
#include <adwaita.h>

// -- Main loop ---------------------------------------------------------------------------------------------

/// Lets the default GMainContext run Swift's main queue (DispatchQueue.main and the main actor).
/// Main thread, once, before the loop runs. The source belongs to the context and lives as long as it.
/// Returns the source's id, 0 on failure. Priority GDK_PRIORITY_REDRAW: jobs and frames take turns.
guint cgtk_attach_main_queue(void);

/// One turn of the default main context without blocking. TRUE if something was dispatched. For tests.
gboolean cgtk_iterate(void);

// -- Types: the *_TYPE_* macros -------------------------------------------------------------------------------

static inline GType cgtk_type_file_list(void) { return GDK_TYPE_FILE_LIST; }
static inline GType cgtk_type_string(void) { return G_TYPE_STRING; }
static inline GType cgtk_type_double(void) { return G_TYPE_DOUBLE; }
static inline GType cgtk_type_texture(void) { return GDK_TYPE_TEXTURE; }
/// Whether `value` (borrowed) holds a `type` or something derived from it.
static inline gboolean cgtk_value_holds(const GValue *value, GType type) { return G_VALUE_HOLDS(value, type); }
/// Whether `object`, any GTypeInstance, is of `type`. `object` is borrowed and may be NULL.
static inline gboolean cgtk_is_a(gpointer object, GType type) {
  return object != NULL && G_TYPE_CHECK_INSTANCE_TYPE(object, type);
}

// -- Accessible properties: varargs ---------------------------------------------------------------------------

/// What a screen reader calls the widget. `text` is copied.
void cgtk_set_accessible_label(GtkWidget *widget, const char *text);
/// What a screen reader says after the label. `text` is copied.
void cgtk_set_accessible_description(GtkWidget *widget, const char *text);

/// Has `text` (borrowed) read out politely, where the GTK of this computer can (4.14 and later: it is looked up at
/// run time). FALSE where it cannot.
gboolean cgtk_announce(GtkWidget *widget, const char *text);

// -- A Swift value in a list model or on the clipboard ----------------------------------------------------------

#define CGTK_TYPE_BOX (cgtk_box_get_type())
G_DECLARE_FINAL_TYPE(CGtkBox, cgtk_box, CGTK, BOX, GObject)
/// A GObject that holds `payload` and calls `release(payload)` on the thread of its last unref. Owned.
CGtkBox *cgtk_box_new(gpointer payload, GDestroyNotify release);
/// Borrowed; valid as long as the box. NULL if `box` is NULL or no CGtkBox.
gpointer cgtk_box_payload(gpointer box);

// -- For tests and pictures of the window -----------------------------------------------------------------------

/// Emits a signal without arguments and without a result. `object` is borrowed.
void cgtk_emit(gpointer object, const char *signal);
/// Emits "drop" on a GtkDropTarget as if `value` (borrowed) had been dropped at (x, y). Returns its answer.
gboolean cgtk_emit_drop(gpointer target, const GValue *value, double x, double y);
/// Emits "key-pressed" on a GtkEventControllerKey. Returns whether a handler took the key.
gboolean cgtk_emit_key(gpointer controller, guint keyval, GdkModifierType state);
/// Whether a screen reader is told exactly this label or description. `text` is borrowed.
gboolean cgtk_accessible_label_is(GtkWidget *widget, const char *text);
gboolean cgtk_accessible_description_is(GtkWidget *widget, const char *text);
/// Draws a mapped widget into a PNG file. FALSE if it has no size yet, or the file cannot be written.
gboolean cgtk_save_png(GtkWidget *widget, const char *path);
