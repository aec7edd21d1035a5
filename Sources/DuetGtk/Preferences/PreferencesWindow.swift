// The preferences: where the network assistant is, and how the two assistants behave. Main thread; GTK owns
// the window until it is closed. Nothing takes effect before Save: a half-typed address must not be tried.

import CGtk
import DuetEngine

@MainActor final class PreferencesWindow {
  let window = Widget(adw_preferences_window_new())
  let address = Widget(adw_entry_row_new())
  let model = Widget(adw_entry_row_new())
  private let key = Widget(adw_password_entry_row_new())
  let certificates: CertificateRow
  let test: ConnectionTestRow
  private let language = Widget(adw_combo_row_new())
  private let interval: Widget
  private let problem = Widget.label().style("error")
  let save: Widget
  private var saveHandler: UInt = 0
  private let project: Workspace?
  private var form: AssistantForm
  private let onSave: @MainActor (AssistantSettings) -> Void

  /// Shows the window over `parent`.
  /// - Parameters:
  ///   - project: writes a test of the connection down in its ledger.
  ///   - onSave: gets the settings that hold from now on. Capture owners weakly.
  @discardableResult
  static func show(
    _ form: AssistantForm, over parent: Widget, project: Workspace? = nil,
    onSave: @escaping @MainActor (AssistantSettings) -> Void
  ) -> PreferencesWindow {
    let preferences = PreferencesWindow(form, project: project, onSave: onSave)
    gtk_window_set_transient_for(preferences.window.cast(), parent.cast())
    gtk_window_set_modal(preferences.window.cast(), 1)
    preferences.keepUntilClosed()
    gtk_window_present(preferences.window.cast())
    return preferences
  }

  init(
    _ form: AssistantForm, project: Workspace? = nil, onSave: @escaping @MainActor (AssistantSettings) -> Void
  ) {
    self.form = form
    self.project = project
    certificates = CertificateRow(path: form.certificateFile)
    test = ConnectionTestRow()
    self.onSave = onSave
    interval = Widget(
      gtk_spin_button_new_with_range(AssistantForm.intervals.lowerBound, AssistantForm.intervals.upperBound, 10))
    save = Widget(gtk_button_new_with_label(L("Save"))).style("suggested-action", "pill")
    saveHandler = save.on("clicked") { [weak self] _ in self?.submit() }
    adw_preferences_window_set_search_enabled(window.cast(), 0)
    gtk_window_set_title(window.cast(), L("Preferences"))
    gtk_window_set_default_size(window.cast(), 560, 720)
    let page = page()
    adw_preferences_window_add(window.cast(), page.cast())
    fill()
    test.run = { [weak self] in await self?.tested() }
    takeKey()
  }

  // libadwaita 1.2 never frees what is inside the groups of a preferences window; our handler must not stay with it.
  isolated deinit { g_signal_handler_disconnect(save.raw, gulong(saveHandler)) }

  /// The window's close handler keeps this object; closing lets go of it.
  private func keepUntilClosed() {
    var mine: PreferencesWindow? = self
    window.on("close-request") { _ in
      withExtendedLifetime(mine) { mine = nil }
    }
  }

  private func page() -> Widget {
    let page = Widget(adw_preferences_page_new())
    let place = group(
      L("Assistant over the network"),
      form.lock
        ?? L(
          "An OpenAI-compatible address, in the cloud or on this computer, such as http://localhost:11434/v1. "
            + "Leave it empty to stay offline: then replies are saved ones and facts about your project."),
      [
        titled(address, L("Address")), titled(model, L("Model")), titled(key, L("Key (kept in the desktop keyring)")),
        certificates.root, test.root,
      ])
    let manner = group(L("Conversation"), nil, [languageRow(), intervalRow()])
    let leaves = group(
      L("What leaves this computer"),
      L(
        "Nothing, as long as the address is empty. With one, your messages, the categories’ names and the results "
          + "go there. Photos go only after you allowed it for a project, as small copies without time or place. "
          + "The project file keeps a list of every request."), [])
    let end = Widget.column(spacing: 12, problem, save)
    adw_preferences_group_add(leaves.cast(), end.widget)
    for group in [place, manner, leaves] { adw_preferences_page_add(page.cast(), group.cast()) }
    return page
  }

  private func fill() {
    for (row, text) in [(address, form.address), (model, form.model), (key, form.key)] {
      gtk_editable_set_text(row.pointer, text)
      row.isSensitive = form.lock == nil
      if let lock = form.lock { row.tooltip(lock).accessibleDescription(lock) }
    }
    certificates.root.isSensitive = form.lock == nil
    if let reason = form.policy.reason(for: .baseURL), form.lock == nil {
      address.isSensitive = false
      address.tooltip(reason).accessibleDescription(reason)
      if let shared = form.policy.baseURL { gtk_editable_set_text(address.pointer, shared) }
    }
    if let reason = form.policy.reason(for: .network) { test.lock(reason) }
    adw_combo_row_set_selected(language.cast(), guint(AssistantForm.languages.firstIndex(of: form.language) ?? 0))
    gtk_spin_button_set_value(interval.pointer, form.interval)
    problem.isVisible = false
  }

  /// The keyring may be locked: the window is there at once, and the key comes when it comes.
  private func takeKey() {
    guard !form.keyIsKnown else { return }
    Task { [weak self] in
      let saved = await AssistantForm.savedKey()
      guard let self else { return }
      if self.text(of: self.key).isEmpty { gtk_editable_set_text(self.key.pointer, saved) }
      self.form.keyIsKnown = true
    }
  }

  private func tested() async -> ConnectionReport {
    read()
    return await form.test(in: project)
  }

  /// From the rows into the form.
  private func read() {
    // The teacher's address is shown, not taken over into the person's own preferences.
    if form.policy.baseURL == nil { form.address = text(of: address) }
    form.model = text(of: model)
    form.key = text(of: key)
    form.certificateFile = certificates.path
    form.language = AssistantForm.languages[Int(adw_combo_row_get_selected(language.cast()))]
    form.interval = gtk_spin_button_get_value(interval.pointer)
  }

  private func submit() {
    read()
    save.isSensitive = false
    problem.isVisible = false
    Task { [form, weak self] in
      do {
        let settings = try await form.save()
        self?.onSave(settings)
        if let self { gtk_window_close(self.window.cast()) }
      } catch {
        self?.say(AssistantForm.sentence(for: error))
      }
    }
  }

  private func say(_ sentence: String) {
    problem.text = sentence
    problem.isVisible = true
    save.isSensitive = true
  }
}

// MARK: Rows

extension PreferencesWindow {
  private func group(_ title: String, _ description: String?, _ rows: [Widget]) -> Widget {
    let group = Widget(adw_preferences_group_new())
    adw_preferences_group_set_title(group.cast(), plain(title))
    if let description { adw_preferences_group_set_description(group.cast(), plain(description)) }
    for row in rows { adw_preferences_group_add(group.cast(), row.widget) }
    return group
  }

  private func titled(_ row: Widget, _ title: String) -> Widget {
    adw_preferences_row_set_use_markup(row.cast(), 0)
    adw_preferences_row_set_title(row.cast(), title)
    return row
  }

  private func languageRow() -> Widget {
    // The languages' own names: whoever needs one must be able to read it.
    let titles = [L("As the desktop"), "English", "日本語"]
    let names = GObjectRef(adopting: withCStrings(titles) { gtk_string_list_new($0) })
    adw_combo_row_set_model(language.cast(), names.pointer)
    return titled(language, L("Language of replies"))
  }

  private func intervalRow() -> Widget {
    let row = titled(Widget(adw_action_row_new()), L("Active assistant looks every"))
    adw_action_row_set_subtitle(row.cast(), plain(L("Seconds. It speaks only if something happened.")))
    interval.align(vertically: GTK_ALIGN_CENTER).accessibleName(L("Seconds between two looks of the active assistant"))
    adw_action_row_add_suffix(row.cast(), interval.widget)
    adw_action_row_set_activatable_widget(row.cast(), interval.widget)
    return row
  }

  private func text(of row: Widget) -> String {
    gtk_editable_get_text(row.pointer).map { String(cString: $0) } ?? ""
  }
}
