// A GObject around one Swift value, for list models and drag and drop, which only carry GObjects.
// It owns the payload: `release` is called exactly once, in finalize.
#include "CGtkShim.h"

struct _CGtkBox {
  GObject parent;
  gpointer payload;
  GDestroyNotify release;
};

G_DEFINE_FINAL_TYPE(CGtkBox, cgtk_box, G_TYPE_OBJECT)

static void cgtk_box_finalize(GObject *object) {
  CGtkBox *box = (CGtkBox *)object;
  if (box->release != NULL) box->release(box->payload);
  G_OBJECT_CLASS(cgtk_box_parent_class)->finalize(object);
}

static void cgtk_box_class_init(CGtkBoxClass *klass) { G_OBJECT_CLASS(klass)->finalize = cgtk_box_finalize; }

static void cgtk_box_init(CGtkBox *box) { (void)box; }

CGtkBox *cgtk_box_new(gpointer payload, GDestroyNotify release) {
  CGtkBox *box = g_object_new(CGTK_TYPE_BOX, NULL);
  box->payload = payload;
  box->release = release;
  return box;
}

gpointer cgtk_box_payload(gpointer box) {
  return cgtk_is_a(box, CGTK_TYPE_BOX) ? ((CGtkBox *)box)->payload : NULL;
}
