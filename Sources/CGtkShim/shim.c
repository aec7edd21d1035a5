// Bodies of CGtkShim.h: accessible properties, signal emission for tests, and widget pictures.
// Main thread only. The main-queue bridge and the box each have a file of their own.
#define _GNU_SOURCE
#include "CGtkShim.h"
#include <dlfcn.h>

gboolean cgtk_iterate(void) { return g_main_context_iteration(NULL, FALSE); }

void cgtk_set_accessible_label(GtkWidget *widget, const char *text) {
  // GTK 4.8 reads out a label of the widget's own and the widget that labels it one after the other.
  gtk_accessible_reset_relation(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void cgtk_set_accessible_description(GtkWidget *widget, const char *text) {
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

gboolean cgtk_announce(GtkWidget *widget, const char *text) {
  // Of GtkAccessibleAnnouncementPriority: after what is being said, before what can wait.
  enum { MEDIUM = 1 };
  typedef void (*Announce)(GtkAccessible *, const char *, int);
  Announce announce = (Announce)dlsym(RTLD_DEFAULT, "gtk_accessible_announce");
  if (announce == NULL) return FALSE;
  announce(GTK_ACCESSIBLE(widget), text, MEDIUM);
  return TRUE;
}

void cgtk_emit(gpointer object, const char *signal) { g_signal_emit_by_name(object, signal); }

gboolean cgtk_emit_drop(gpointer target, const GValue *value, double x, double y) {
  gboolean taken = FALSE;
  g_signal_emit_by_name(target, "drop", value, x, y, &taken);
  return taken;
}

gboolean cgtk_emit_key(gpointer controller, guint keyval, GdkModifierType state) {
  gboolean taken = FALSE;
  g_signal_emit_by_name(controller, "key-pressed", keyval, 0u, state, &taken);
  return taken;
}

static gboolean property_is(GtkWidget *widget, GtkAccessibleProperty property, const char *text) {
  char *difference = gtk_test_accessible_check_property(GTK_ACCESSIBLE(widget), property, text);
  gboolean same = difference == NULL;
  g_free(difference);
  return same;
}

gboolean cgtk_accessible_label_is(GtkWidget *widget, const char *text) {
  return property_is(widget, GTK_ACCESSIBLE_PROPERTY_LABEL, text);
}

gboolean cgtk_accessible_description_is(GtkWidget *widget, const char *text) {
  return property_is(widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

gboolean cgtk_save_png(GtkWidget *widget, const char *path) {
  GtkNative *native = gtk_widget_get_native(widget);
  GskRenderer *renderer = native ? gtk_native_get_renderer(native) : NULL;
  GdkPaintable *picture = gtk_widget_paintable_new(widget);
  // The picture's own size has the widget's border in it; gtk_widget_get_width has not.
  int width = gdk_paintable_get_intrinsic_width(picture), height = gdk_paintable_get_intrinsic_height(picture);
  if (width < 1 || height < 1 || renderer == NULL) {
    g_object_unref(picture);
    return FALSE;
  }

  GtkSnapshot *snapshot = gtk_snapshot_new();
  gdk_paintable_snapshot(picture, GDK_SNAPSHOT(snapshot), width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node(snapshot);
  gboolean saved = FALSE;
  if (node != NULL) {
    GdkTexture *texture = gsk_renderer_render_texture(renderer, node, &GRAPHENE_RECT_INIT(0, 0, width, height));
    saved = gdk_texture_save_to_png(texture, path);
    g_object_unref(texture);
    gsk_render_node_unref(node);
  }
  g_object_unref(picture);
  return saved;
}
