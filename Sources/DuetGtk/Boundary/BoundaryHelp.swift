// What the page shows and what each loss does, behind the question mark. Main thread; the button owns its popover.

import CGtk
import DuetEngine

@MainActor enum BoundaryHelp {
  private static let size: (width: Int32, height: Int32) = (460, 460)

  static func button() -> Widget {
    let button = Widget(gtk_menu_button_new())
    gtk_menu_button_set_icon_name(button.pointer, "help-about-symbolic")
    let popover = Widget(gtk_popover_new())
    let column = Widget.column(spacing: 12)
    fill(column)
    let scroller = Widget.scroller(column.margin(12)).size(width: size.width, height: size.height)
    gtk_popover_set_child(popover.cast(), scroller.widget)
    gtk_menu_button_set_popover(button.pointer, popover.widget)
    return button.tooltip(L("What does this page show?")).accessibleName(L("What does this page show?"))
  }

  static var paragraphs: [(heading: String, text: String)] {
    [
      (
        L("What you see"),
        L(
          "Every point is an example. Circles and triangles are the two kinds; filled ones are learnt from, hollow "
            + "ones are kept for testing. The colours say what the model would answer there: the deeper, the surer. On the "
            + "thick line it cannot decide.")
      ),
      (
        L("Teaching with an arrow"),
        L(
          "Pause, drag from a point to the place where it would become the other kind, and see what the arrow would "
            + "change: the solid line is with it, the dashed one without. Keep the arrow, or discard it.")
      ),
      (
        L("Three kinds of arrow"),
        L(
          "“Here it becomes the other one” counts its tip as a point of the other kind. “Somewhere in this direction” "
            + "trusts only where it points. “This should not matter” asks that the answer stays the same along it.")
      ),
      (
        L("With the keyboard"),
        L(
          "Arrow keys go from point to point. Return begins an arrow, arrow keys move its tip (with Shift in small "
            + "steps), Return keeps it, Escape discards it, Delete removes the chosen arrow.")
      ),
      (
        L("Three networks"),
        L("They are trained from different beginnings. Between the dotted lines the answer depends on the beginning.")
      ),
    ]
  }

  private static func fill(_ column: Widget) {
    for (heading, text) in paragraphs { column.append(section(heading, text)) }
    column.append(Widget.label(L("What training makes small: the loss")).style("title-4"))
    column.append(
      Widget.label(
        L(
          "CE is the cross-entropy of the points, a the share of the arrows, x the point, x′ the tip, u the direction, "
            + "f the logit or the probability, z the logit, y the label, and d = (2y−1) ∇f·u.")
      ).style("dim-label"))
    for loss in BoundaryLoss.all {
      let formula = Widget.label(loss.formula).style("caption", "monospace")
      gtk_label_set_selectable(formula.pointer, 1)
      let part = section(loss.title, loss.help)
      part.append(formula)
      column.append(part)
    }
  }

  private static func section(_ heading: String, _ text: String) -> Widget {
    .column(spacing: 3, Widget.label(heading).style("heading"), Widget.label(text))
  }
}
