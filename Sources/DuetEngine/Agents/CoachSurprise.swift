// Kinds of photos to try that few people think of: things that belong to none of the categories, and ways to make a
// photo hard. Values; any thread.

struct CoachSurprise: Sendable, Equatable {
  let english: String
  let japanese: String
  /// Where a category or the goal speaks of one of these, the photo would be no surprise.
  let words: [String]

  /// - Parameter text: as `NormalisedText` makes it.
  func isNamed(in text: String) -> Bool {
    let own = Set(text.split(separator: " ").map { word in
      word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : String(word)
    })
    return words.contains { word in
      // Scripts without spaces have no word ends to look for.
      word.unicodeScalars.allSatisfy(\.isASCII) ? own.contains(word) : text.contains(word)
    }
  }

  static let all: [CoachSurprise] = [
    CoachSurprise(
      english: "Now try something unexpected: test a photo of a lion, or of another animal.",
      japanese: "次は意外な写真を試してみましょう。ライオンか、ほかの動物の写真でテストしてみてください。",
      words: ["lion", "animal", "cat", "dog", "pet", "horse", "bird", "zoo",
        "動物", "ライオン", "猫", "ねこ", "犬", "いぬ", "鳥", "ペット"]),
    CoachSurprise(
      english: "Now try something unexpected: test a photo of a car. Which bar will be the longest?",
      japanese: "次は意外な写真を試してみましょう。自動車の写真なら、どの棒がいちばん長くなるでしょう。",
      words: ["car", "vehicle", "traffic", "bus", "車", "乗り物"]),
    CoachSurprise(
      english: "Test a drawing instead of a photo: does the model see the thing, or only the paper?",
      japanese: "写真ではなく、絵でテストしてみましょう。モデルは絵の中のものを見るでしょうか、それとも紙だけでしょうか。",
      words: ["drawing", "painting", "sketch", "絵", "イラスト"]),
    CoachSurprise(
      english: "Test a photo with two things in it, one from each of two categories.",
      japanese: "ふたつのカテゴリーのものが一緒に写った写真でテストしてみましょう。",
      words: []),
    CoachSurprise(
      english: "Test a photo with nothing on it, such as an empty table: what does the model say then?",
      japanese: "何ものっていない机のように、何も写っていない写真でテストしてみましょう。モデルは何と言うでしょう。",
      words: ["nothing", "empty", "table", "何も", "机"]),
    CoachSurprise(
      english: "Test a photo of a toy, or of a picture in a book: the real thing and its likeness are easily mixed up.",
      japanese: "おもちゃや、本にのっている絵の写真でテストしてみましょう。本物とにせものは間違えやすいものです。",
      words: ["toy", "book", "おもちゃ", "本"]),
    CoachSurprise(
      english: "Test a close-up that shows only a part of the thing: what does the model need to see?",
      japanese: "一部だけを大きく写した写真でテストしてみましょう。モデルには何が見えていればよいのでしょう。",
      words: []),
    CoachSurprise(
      english: "Test a photo in which your hand hides half of the thing.",
      japanese: "手で半分かくした写真でテストしてみましょう。",
      words: []),
  ]
}
