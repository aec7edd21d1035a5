// The data dictionary: what every file, column and count of a study's export means. Pure; any thread.
// Names are for programs and stay the same in every language; meanings are for people.

enum StudyDictionary {
  static let head = ["file", "name", "meaning"]

  static var lines: [(file: String, name: String, meaning: String)] {
    columns.map { ("events", $0.0, $0.1) } + events.map { ("events: event", $0.0, $0.1) }
      + counts.map { ("counts", $0.0, $0.1) } + sheets.map { ("sheets", $0.0, $0.1) }
      + photos.map { ("photos", $0.0, $0.1) }
  }

  static var columns: [(String, String)] {
    [
      ("sequence", L("Number of the event in the project; rises, with gaps where nothing is counted")),
      ("time", L("When, in coordinated universal time (ISO 8601)")),
      ("seconds", L("Seconds since the first event of the project")),
      ("session", L("Number of the session; 0 before the first one that was noted")),
      ("event", L("What happened, see the lines about events")),
      ("actor", L("Who did it: person, passive (the assistant that answers), active (the one that speaks up), app")),
      ("purpose", L("Of a message: chat, askCategory, askResult (the two Ask buttons), advice, opening")),
      ("source", L("Of an assistant's message: network, cache (a saved reply), coach (built in), app (a note)")),
      ("category_id", L("Number of the category in the project; never used twice")),
      ("category", L("Name of the category at that time, or the last one that is known")),
      ("photos", L("Number of photos")),
      ("message_id", L("Identifier of the message")),
      ("text", L("Words of the message")),
      ("detail", L("Whatever else was noted, as JSON; numbers of photos, never the photos")),
    ]
  }

  static var events: [(String, String)] {
    [
      ("session_start", L("The project was opened; detail: baseline is true without the assistants")),
      ("session_end", L("The project was closed")),
      ("message", L("Something was said; actor, purpose, source and text say by whom, why and what")),
      ("ask_category", L("An Ask button of a category was pressed; its question follows as a message")),
      ("ask_result", L("The Ask button of the result was pressed; its question follows as a message")),
      ("advice_shown", L("Advice came on screen")),
      ("advice_dismissed", L("The button that dismisses advice was pressed")),
      ("dismiss_advice", L("Advice counts as dismissed from now on, by its button or with its proposal")),
      ("show_me", L("“Show me” beside a claim was pressed")),
      ("reply_stopped", L("A reply was stopped")),
      ("reply_regenerated", L("A reply was asked for again")),
      ("message_resent", L("A message was edited or sent again")),
      ("revise", L("An earlier message or reply was replaced; the message that follows takes its place")),
      ("propose", L("An assistant's message came with a proposal; detail: what kind of change")),
      ("apply_proposal", L("A proposal of an assistant was applied")),
      ("dismiss_proposal", L("A proposal of an assistant was dismissed")),
      ("train", L("A model was trained; photos: how many it was trained on; detail: seconds")),
      ("test", L("A photo came into the test area; detail: the answer, its percentage, whether it was known")),
      ("clear_test", L("The test area was emptied")),
      ("add_category", L("A category was added")),
      ("rename_category", L("A category was renamed; detail: from, to")),
      ("remove_category", L("A category was removed")),
      ("restore_category", L("A category was brought back")),
      ("add_photos", L("Photos were added to a category")),
      ("move_photos", L("Photos were moved")),
      ("remove_photos", L("Photos were removed")),
      ("restore_photos", L("Photos were brought back")),
      ("keep_copies", L("“Keep both” was chosen for copies")),
      ("confirm_photos", L("“This is right” was chosen for photos")),
      ("add_counterfactual", L("A photo was joined with its counterfactual: almost the same, of another category")),
      ("remove_counterfactuals", L("Pairs of photos were taken apart")),
      ("restore_counterfactuals", L("Pairs of photos were joined again")),
      ("set_goal", L("The goal was set; detail: the words")),
      ("consent", L("Something was allowed to be sent; detail: the host, and what")),
      ("active_assistant", L("The active assistant was switched; detail: on")),
      ("unknown_detection", L("The test for unknown photos was switched; detail: on")),
      ("keep_up_to_date", L("Training by itself was switched; detail: on")),
      ("balance", L("Training with equal numbers of photos was switched; detail: on")),
      ("undo", L("Steps were taken back")),
      ("redo", L("Steps were done again")),
    ]
  }

  static var counts: [(String, String)] {
    [
      ("sessions", L("How often the project was opened")),
      ("sessions_baseline", L("Of those, without the assistants")),
      ("messages_to_passive", L("Messages that the person typed")),
      ("ask_category_clicks", L("Presses of an Ask button of a category")),
      ("ask_result_clicks", L("Presses of the Ask button of the result")),
      ("messages_of_passive", L("Answers of the passive assistant")),
      ("advice_of_active", L("Times that the active assistant spoke up")),
      ("advice_dismissed", L("Presses of the button that dismisses advice")),
      ("show_me_clicks", L("Presses of “show me”")),
      ("trainings", L("Trainings, those that the app started by itself included")),
      ("tests", L("Photos in the test area")),
      ("proposals_applied", L("Proposals that were applied")),
      ("proposals_dismissed", L("Proposals that were dismissed")),
      ("categories_added", L("Categories that were added")),
      ("categories_renamed", L("Names of categories that were changed")),
      ("categories_removed", L("Categories that were removed")),
      ("photos_added", L("Photos that were added")),
      ("photos_moved", L("Photos that were moved")),
      ("photos_removed", L("Photos that were removed")),
      ("undos", L("Uses of Undo")),
      ("redos", L("Uses of Redo")),
      ("replies_from_network", L("Words of both assistants that came over the network")),
      ("replies_from_cache", L("Words of both assistants that had been saved")),
      ("replies_from_coach", L("Words of both assistants that were computed from the project")),
    ]
  }

  static var sheets: [(String, String)] {
    [
      ("file", L("The picture in the folder “sheets”")),
      ("category_id", L("Number of the category in the project; never used twice")),
      ("category", L("Name of the category, which is the heading of the sheet")),
      ("photos", L("Number of photos")),
      ("shown", L("How many of them are on the sheet: at most 50, the ones that an assistant would see")),
    ]
  }

  static var photos: [(String, String)] {
    [
      ("file", L("The picture in the folder “photos”; only with --photos")),
      ("photo_id", L("Number of the photo in the project; never used twice")),
      ("category_id", L("Number of the category in the project; never used twice")),
      ("category", L("Name of the category")),
      ("name", L("Name of the file that was added")),
      ("content_hash", L("SHA-256 of the picture: equal for equal pictures")),
    ]
  }
}
