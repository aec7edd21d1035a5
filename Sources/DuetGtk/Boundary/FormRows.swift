// The rows of the page's settings: a number, a choice, a slider, a switch. Main thread.
// A row tells its owner only what the person did; showing a value from the session tells nobody.

import CGtk
import DuetEngine
import Foundation

/// A list with rounded corners that holds rows.
@MainActor func formList(_ rows: [Widget]) -> Widget {
  let list = Widget(gtk_list_box_new()).style("boxed-list")
  gtk_list_box_set_selection_mode(list.pointer, GTK_SELECTION_NONE)
  for row in rows { gtk_list_box_append(list.pointer, row.widget) }
  return list
}

/// An AdwActionRow (or a row derived from it) with its title.
@MainActor private func titled(_ row: Widget, _ title: String, _ subtitle: String = "") -> Widget {
  adw_preferences_row_set_title(row.cast(), plain(title))
  if !subtitle.isEmpty { adw_action_row_set_subtitle(row.cast(), plain(subtitle)) }
  return row
}

/// A number with buttons to make it smaller and larger.
@MainActor final class NumberRow {
  let root = Widget(adw_action_row_new())
  let spin: Widget
  private var isShowing = false
  /// The person changed it. Capture owners weakly.
  var onChange: @MainActor (Double) -> Void = { _ in }

  init(_ title: String, _ subtitle: String = "", in range: ClosedRange<Double>, step: Double, digits: UInt32 = 0) {
    spin = Widget(gtk_spin_button_new_with_range(range.lowerBound, range.upperBound, step))
    gtk_spin_button_set_digits(spin.pointer, digits)
    spin.align(vertically: GTK_ALIGN_CENTER)
    adw_action_row_add_suffix(titled(root, title, subtitle).cast(), spin.widget)
    adw_action_row_set_activatable_widget(root.cast(), spin.widget)
    spin.accessibleName(title)  // after the row made its title a second name
    spin.on("value-changed") { [weak self] _ in
      guard let self, !self.isShowing else { return }
      self.onChange(self.value)
    }
  }

  var value: Double { gtk_spin_button_get_value(spin.pointer) }

  func show(_ value: Double) {
    guard value != self.value else { return }
    isShowing = true
    gtk_spin_button_set_value(spin.pointer, value)
    isShowing = false
  }
}

/// One of a few.
@MainActor final class ChoiceRow {
  let root = Widget(adw_combo_row_new())
  private var titles: [String] = []
  private var isShowing = false
  /// The person chose another one. Capture owners weakly.
  var onChange: @MainActor (Int) -> Void = { _ in }

  /// - Parameter isBelow: the choice is shown under the title, where a long one has room.
  init(_ title: String, _ subtitle: String = "", isBelow: Bool = false) {
    _ = titled(root, title, subtitle)
    adw_combo_row_set_use_subtitle(root.cast(), isBelow ? 1 : 0)
    root.accessibleName(title)
    root.on("notify::selected") { [weak self] _ in
      guard let self, !self.isShowing else { return }
      let index = Int(adw_combo_row_get_selected(self.root.cast()))
      if self.titles.indices.contains(index) { self.onChange(index) }
    }
  }

  var selected: Int { Int(adw_combo_row_get_selected(root.cast())) }

  func show(_ titles: [String], selected: Int) {
    isShowing = true
    defer { isShowing = false }
    if titles != self.titles {
      self.titles = titles
      let names = GObjectRef(adopting: withCStrings(titles) { gtk_string_list_new($0) })
      adw_combo_row_set_model(root.cast(), names.pointer)
    }
    if self.selected != selected { adw_combo_row_set_selected(root.cast(), guint(selected)) }
  }

  /// As the person would, for tests.
  func choose(_ index: Int) { adw_combo_row_set_selected(root.cast(), guint(index)) }
}

/// A slider with its value beside it.
@MainActor final class SliderRow {
  private static let width: Int32 = 150

  let root = Widget(adw_action_row_new())
  let scale: Widget
  private let adjustment: GObjectRef
  private var isShowing = false
  /// The person moved it. Capture owners weakly.
  var onChange: @MainActor (Double) -> Void = { _ in }

  init(_ title: String, _ subtitle: String = "", in range: ClosedRange<Double> = 0...1, digits: Int32 = 2) {
    scale = Widget(gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, range.lowerBound, range.upperBound, 0.01))
    adjustment = GObjectRef(retaining: gtk_range_get_adjustment(scale.cast()))
    gtk_scale_set_draw_value(scale.cast(), 1)
    gtk_scale_set_value_pos(scale.cast(), GTK_POS_RIGHT)
    gtk_scale_set_digits(scale.cast(), digits)
    scale.size(width: Self.width).align(vertically: GTK_ALIGN_CENTER).accessibleName(title)
    adw_action_row_add_suffix(titled(root, title, subtitle).cast(), scale.widget)
    scale.on("value-changed") { [weak self] _ in
      guard let self, !self.isShowing else { return }
      self.onChange(self.value)
    }
  }

  var value: Double { gtk_range_get_value(scale.cast()) }

  func name(_ title: String) {
    adw_preferences_row_set_title(root.cast(), plain(title))
    scale.accessibleName(title)
  }

  /// - Parameter range: nil leaves it as it is.
  func show(_ value: Double, in range: ClosedRange<Double>? = nil) {
    isShowing = true
    defer { isShowing = false }
    if let range, range.upperBound > range.lowerBound {
      let step = (range.upperBound - range.lowerBound) / 200
      gtk_adjustment_set_lower(adjustment.cast(), range.lowerBound)
      gtk_adjustment_set_upper(adjustment.cast(), range.upperBound)
      gtk_adjustment_set_step_increment(adjustment.cast(), step)
      gtk_adjustment_set_page_increment(adjustment.cast(), 10 * step)
      // Three digits that matter, whatever the unit.
      let digits = 2 - Int(log10(range.upperBound - range.lowerBound).rounded(.down))
      gtk_scale_set_digits(scale.cast(), Int32(min(6, max(0, digits))))
    }
    if value != self.value { gtk_range_set_value(scale.cast(), value) }
  }
}

/// On or off.
@MainActor final class SwitchRow {
  let root = Widget(adw_action_row_new())
  let toggle = Widget(gtk_switch_new())
  private var isShowing = false
  /// The person switched it. Capture owners weakly.
  var onChange: @MainActor (Bool) -> Void = { _ in }

  init(_ title: String, _ subtitle: String = "") {
    toggle.align(vertically: GTK_ALIGN_CENTER)
    adw_action_row_add_suffix(titled(root, title, subtitle).cast(), toggle.widget)
    adw_action_row_set_activatable_widget(root.cast(), toggle.widget)
    toggle.accessibleName(title)  // after the row made its title a second name
    toggle.on("notify::active") { [weak self] _ in
      guard let self, !self.isShowing else { return }
      self.onChange(gtk_switch_get_active(self.toggle.pointer) != 0)
    }
  }

  func show(_ isOn: Bool) {
    isShowing = true
    gtk_switch_set_active(toggle.pointer, isOn ? 1 : 0)
    isShowing = false
  }
}
