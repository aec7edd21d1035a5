// The coach's sentences in the languages of the assistants. They are not in the translation catalogues
// because the assistants' language is a setting of its own: a class may talk Japanese in an English desktop.
// A value; any thread. What is put in (names, numbers) comes from the project alone.

import Foundation

struct CoachPhrases: Sendable {
  private let ja: Bool

  init(language: String) { ja = language.lowercased().hasPrefix("ja") }

  var separator: String { ja ? "" : " " }
  var comma: String { ja ? "、" : ", " }

  private func photos(_ count: Int) -> String {
    ja ? "\(count)枚" : count == 1 ? "1 photo" : "\(count) photos"
  }

  private func quoted(_ name: String) -> String {
    let shown = name.isEmpty ? (ja ? "名前のないカテゴリー" : "a category without a name") : name
    return ja ? "「\(shown)」" : "“\(shown)”"
  }

  // MARK: Categories

  var noCategories: String {
    ja ? "カテゴリーはまだありません。" : "There are no categories yet."
  }
  var addCategories: String {
    ja
      ? "AIに答えてほしいことを、ひとつずつカテゴリーにしてみましょう。"
      : "Add one category for each answer that your AI should be able to give."
  }
  func count(of category: Category) -> String {
    ja
      ? "\(quoted(category.name))\(photos(category.photos.count))"
      : "\(quoted(category.name)): \(photos(category.photos.count))"
  }
  func counts(_ list: String, categories: Int, photos count: Int) -> String {
    ja
      ? "今はカテゴリーが\(categories)個、写真が全部で\(photos(count))です（\(list)）。"
      : "Your project has \(categories == 1 ? "1 category" : "\(categories) categories") and \(photos(count)) "
        + "(\(list))."
  }
  func empty(_ category: Category) -> String {
    ja ? "\(quoted(category.name))にはまだ写真がありません。" : "\(start(category)) has no photos yet."
  }
  func has(_ category: Category, share: Int) -> String {
    ja
      ? "\(quoted(category.name))の写真は\(photos(category.photos.count))で、全体の\(share)%です。"
      : "\(start(category)) has \(photos(category.photos.count)), \(share)% of all."
  }
  func onlyOne(_ category: Category) -> String {
    ja
      ? "カテゴリーは\(quoted(category.name))ひとつだけなので、モデルには選ぶ相手がありません。もうひとつ加えてみましょう。"
      : "\(start(category)) is the only category, so there is nothing to choose between: add a second one."
  }
  func small(_ small: Category, _ large: Category) -> String {
    ja
      ? "いちばん小さいのは\(quoted(small.name))（\(photos(small.photos.count))）、"
        + "いちばん大きいのは\(quoted(large.name))（\(photos(large.photos.count))）です。"
      : "The smallest category is \(quoted(small.name)) with \(photos(small.photos.count)); "
        + "the largest is \(quoted(large.name)) with \(photos(large.photos.count))."
  }
  func shared(_ category: Category, _ other: Category, count: Int) -> String {
    ja
      ? "\(quoted(category.name))と\(quoted(other.name))に同じ写真が\(count)枚あります。どちらか一方だけに入れましょう。"
      : "\(start(category)) and \(quoted(other.name)) share \(photos(count)): keep each photo in one of them."
  }
  private func start(_ category: Category) -> String {
    let text = quoted(category.name)
    return category.name.isEmpty ? "A category without a name" : text
  }

  // MARK: Training and tests

  var train: String {
    ja ? "次は「学習」を押して、モデルを作りましょう。" : "Next, press Train to make a model."
  }
  var trainAgain: String {
    ja
      ? "前の学習のあとで写真かカテゴリーが変わりました。もう一度学習させましょう。"
      : "Photos or categories changed after the last training: press Train again."
  }
  var tryATest: String {
    ja
      ? "次は、モデルがまだ見たことのない写真でテストしてみましょう。"
      : "Next, test a photo that the model has never seen."
  }
  var tryTheUnexpected: String {
    ja
      ? "次は、どのカテゴリーにも当てはまらない写真でテストしてみましょう。"
      : "Next, test a photo that belongs to none of your categories."
  }
  var noTest: String {
    ja
      ? "テスト用の写真がまだありません。モデルが見たことのない写真を一枚選んでみましょう。"
      : "There is no test photo yet: choose one that the model has never seen."
  }
  func noModelForTest(_ photo: String) -> String {
    ja
      ? "「\(photo)」の結果はまだありません。先にモデルを学習させましょう。"
      : "There is no result for “\(photo)” yet: train the model first."
  }
  func result(_ photo: String, _ category: String, _ percent: Int) -> String {
    ja
      ? "「\(photo)」は\(percent)%で\(quoted(category))と判定されました。"
      : "The model says \(quoted(category)) for “\(photo)”, with \(percent)%."
  }
  func close(_ second: String, _ percent: Int) -> String {
    ja
      ? "次は\(quoted(second))の\(percent)%で、差はわずかです。"
      : "\(quoted(second)) is close behind with \(percent)%."
  }
  var unknown: String {
    ja
      ? "ただし、この写真は学習した写真のどれにもあまり似ていません。"
      : "But the photo is unlike everything that the model was taught."
  }
  func outdated(_ photo: String) -> String {
    ja
      ? "「\(photo)」の結果は前のモデルのものです。"
      : "The result for “\(photo)” comes from an earlier model."
  }
  func leastCertain(_ photo: String, of count: Int, _ category: String, _ percent: Int) -> String {
    ja
      ? "最近のテスト\(count)枚のうち、いちばん自信がなかったのは「\(photo)」で、\(quoted(category))が\(percent)%でした。"
      : "Of the last \(count) test photos, the model was least certain about “\(photo)”: "
        + "\(quoted(category)) with \(percent)%."
  }

  // MARK: What a question is about

  /// - Parameter asked: as `NormalisedText` makes it.
  func isAboutTests(_ asked: String) -> Bool {
    contains(
      asked,
      [
        "test", "tests", "tested", "result", "results", "certain", "sure", "percent", "percentage", "probability",
      ])
      || ["テスト", "結果", "自信", "確率", "パーセント"].contains { asked.contains($0) }
  }
  func isAboutNumbers(_ asked: String) -> Bool {
    contains(asked, ["many", "number", "count", "counts", "small", "smallest", "large", "largest", "empty"])
      || ["何枚", "いくつ", "枚数", "少ない", "多い"].contains { asked.contains($0) }
  }
  private func contains(_ asked: String, _ words: Set<String>) -> Bool {
    asked.split(separator: " ").contains { words.contains(String($0)) }
  }
}
