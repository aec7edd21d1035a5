// What a question to the coach is about: a few plain words decide, nothing is guessed. A value; any thread.

import Foundation

enum CoachTopic: Sendable, Equatable, CaseIterable {
  /// Who is talking, and what it can do.
  case coach
  case privacy
  /// What is there twice.
  case copies
  /// What is in the wrong category.
  case suspects
  /// What the bars say.
  case percent
  /// Why an answer is what it is.
  case cause
  case improvement
  /// How it learns.
  case method
  /// What a category is.
  case meaning
  case newCategory
  case numbers
  /// Which photos are good ones.
  case photos
  case names
  case test
  case next
  case greeting
  case thanks

  /// Nil where none of the words is known. Of several topics the first in the order above.
  init?(_ text: String) {
    let asked = NormalisedText(text).text
    let words = Set(asked.split(separator: " ").map(String.init))
    guard let topic = Self.allCases.first(where: { $0.isMeant(asked, words) }) else { return nil }
    self = topic
  }

  private func isMeant(_ asked: String, _ words: Set<String>) -> Bool {
    english.contains { $0.isSubset(of: words) } || japanese.contains { asked.contains($0) }
  }

  /// Every word of one of the sets must be there.
  private var english: [Set<String>] {
    switch self {
    case .coach: [["who", "you"], ["what", "you", "are"], ["are", "you", "robot"], ["you", "ai"], ["coach"]]
    case .privacy:
      [["private"], ["privacy"], ["internet"], ["online"], ["offline"], ["upload"], ["uploaded"], ["leave", "computer"],
       ["send", "photos"], ["sent"]]
    case .copies:
      [["duplicate"], ["duplicates"], ["copy"], ["copies"], ["twice"], ["same", "photo"], ["same", "photos"]]
    case .suspects:
      [["wrong", "category"], ["wrong", "place"], ["suspect"], ["suspects"], ["mixed"], ["belong"], ["belongs"]]
    case .percent:
      [["percent"], ["percentage"], ["percentages"], ["probability"], ["bars"], ["bar"], ["so", "sure"],
       ["so", "certain"], ["confident"]]
    case .cause: [["why"], ["wrong"], ["mistake"], ["mistakes"], ["incorrect"], ["how", "come"]]
    case .improvement: [["improve"], ["better"], ["fix"], ["repair"]]
    case .method: [["how", "work"], ["how", "works"], ["how", "learn"], ["how", "learns"], ["what", "training"],
       ["what", "is", "model"], ["model", "see"]]
    case .meaning:
      [["what", "is", "category"], ["whats", "category"], ["what", "are", "categories"], ["explain", "category"],
       ["explain", "categories"]]
    case .newCategory:
      [["add", "category"], ["another", "category"], ["more", "categories"], ["new", "category"], ["third", "category"],
       ["missing", "category"], ["category", "missing"], ["need", "category"], ["enough", "categories"],
       ["other", "categories"]]
    case .photos:
      [["which", "photos"], ["what", "photos"], ["kind", "photos"], ["good", "photo"], ["good", "photos"],
       ["which", "pictures"], ["what", "pictures"], ["background"]]
    case .names: [["name"], ["names"], ["call"], ["called"], ["rename"]]
    case .numbers:
      [["many"], ["number"], ["count"], ["counts"], ["enough"], ["smallest"],
       ["largest"], ["balance"], ["balanced"]]
    case .test: [["test"], ["tests"], ["tested"], ["result"], ["results"], ["certain"], ["sure"]]
    case .next:
      [["next"], ["what", "now"], ["and", "now"], ["what", "do"], ["help"], ["stuck"], ["begin"], ["start"],
       ["what", "should"]]
    case .greeting: [["hello"], ["hi"], ["hey"], ["good", "morning"]]
    case .thanks: [["thanks"], ["thank"]]
    }
  }

  private var japanese: [String] {
    switch self {
    case .coach: ["あなたは誰", "あなたはだれ", "君は誰", "きみはだれ", "あなたは何", "コーチ", "何ができる"]
    case .privacy: ["プライバシー", "インターネット", "ネット", "オフライン", "外に出", "外へ出", "送られ", "送る", "アップロード"]
    case .copies: ["同じ写真", "重複", "コピー", "二重", "ダブ"]
    case .suspects: ["違うカテゴリー", "間違ったカテゴリー", "まちがったカテゴリー", "間違った場所", "まぎれ", "紛れ", "あやしい", "怪しい"]
    case .percent: ["パーセント", "確率", "棒", "自信があ", "自信満々"]
    case .cause: ["なぜ", "どうして", "なんで", "間違", "まちが", "おかしい", "違います", "ちがう"]
    case .improvement: ["良くす", "よくす", "良くな", "よくな", "良くでき", "よくでき", "改善", "直す", "なおす", "直せ", "賢く", "かしこく"]
    case .method: ["仕組み", "しくみ", "どうやって学", "どうやって覚", "学習とは", "モデルとは", "モデルって"]
    case .meaning: ["カテゴリーとは", "カテゴリーって", "カテゴリーの意味"]
    case .newCategory:
      ["カテゴリーを増や", "カテゴリーを追加", "カテゴリーを加え", "カテゴリーを足", "カテゴリーが足り", "別のカテゴリー", "新しいカテゴリー",
       "ほかのカテゴリー", "他のカテゴリー"]
    case .photos: ["どんな写真", "どの写真", "いい写真", "良い写真", "よい写真", "背景"]
    case .names: ["名前", "名まえ", "なまえ", "呼べば", "よべば"]
    case .numbers: ["何枚", "いくつ", "枚数", "少ない", "多い", "バランス"]
    case .test: ["テスト", "結果", "自信"]
    case .next: ["次", "つぎ", "どうすれば", "どうしたら", "何をすれば", "何をしたら", "なにをすれば", "困", "助け", "はじめ", "始め"]
    case .greeting: ["こんにちは", "おはよう", "はじめまして", "やあ"]
    case .thanks: ["ありがと"]
    }
  }
}
