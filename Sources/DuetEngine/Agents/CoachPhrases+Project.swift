// The coach's sentences about categories, checks and tests. Values; any thread.

import Foundation

extension CoachPhrases {
  // MARK: Numbers

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
    ja
      ? "\(quoted(category.name))にはまだ写真がありません。何枚か入れてみましょう。"
      : "\(start(category)) has no photos yet: drag some in."
  }
  func has(_ category: Category, share: Int) -> String {
    ja
      ? "\(quoted(category.name))の写真は\(photos(category.photos.count))で、全体の\(share)%です。"
      : "\(start(category)) has \(photos(category.photos.count)), \(share)% of all."
  }
  func onlyOne(_ category: Category) -> String {
    ja
      ? "カテゴリーは\(quoted(category.name))ひとつだけなので、モデルには選ぶ相手がありません。もうひとつ加えましょう。"
      : "\(start(category)) is the only category, so there is nothing to choose between: add a second one."
  }
  func small(_ small: Category, _ large: Category) -> String {
    ja
      ? "\(quoted(large.name))は\(photos(large.photos.count))、\(quoted(small.name))は\(photos(small.photos.count))です。"
        + "モデルは多いほうに答えが偏るかもしれません。"
      : "\(start(large)) has \(photos(large.photos.count)) and \(quoted(small.name)) only \(small.photos.count): "
        + "the model may lean towards the larger one."
  }
  private func start(_ category: Category) -> String {
    category.name.isEmpty ? "A category without a name" : quoted(category.name)
  }

  // MARK: Names

  func name(_ finding: CoachNames.Finding) -> String {
    switch finding {
    case .unnamed:
      ja
        ? "名前のないカテゴリーがあります。写真に写っているものがわかる名前をつけましょう。"
        : "One category has no name yet: call it what its photos show."
    case .vague(let category):
      ja
        ? "\(quoted(category.name))という名前だけでは、何が入るのかわかりません。どんな写真が入って、どんな写真が入らないのですか？"
        : "\(quoted(category.name)) could mean many things: which photos belong there, and which do not?"
    case .same(let category):
      ja
        ? "\(quoted(category.name))という名前のカテゴリーがふたつあります。どちらの答えかわからないので、片方の名前を変えましょう。"
        : "Two categories are called \(quoted(category.name)), so nobody can tell which answer is meant: "
          + "give one of them another name."
    case .alike(let a, let b):
      ja
        ? "\(quoted(a.name))と\(quoted(b.name))は、ほとんど同じ名前です。何が違うのですか？"
        : "\(quoted(a.name)) and \(quoted(b.name)) are almost the same name: what is the difference?"
    case .within(let narrow, let wide):
      ja
        ? "\(quoted(narrow.name))の写真は、どれも\(quoted(wide.name))にも当てはまりそうです。どちらに入れますか？"
        : "Every photo of \(quoted(narrow.name)) would also fit \(quoted(wide.name)): how do you decide?"
    case .negative(let category):
      ja
        ? "\(quoted(category.name))は「何でないか」しか言っていない名前です。たとえばライオンや自動車も、ここに入りますか？"
        : "\(quoted(category.name)) says only what its photos are not. Do a lion and a car belong there, too?"
    }
  }

  // MARK: Checks

  func copyAcross(_ photo: String, _ a: Category, _ other: String, _ b: Category) -> String {
    let both = photo == other
    return ja
      ? "\(quoted(a.name))の「\(photo)」と\(quoted(b.name))の「\(other)」は同じ写真です。どちらか一方だけに入れましょう。"
      : both
        ? "“\(photo)” is in \(quoted(a.name)) and in \(quoted(b.name)): keep it in one of them only."
        : "“\(photo)” in \(quoted(a.name)) and “\(other)” in \(quoted(b.name)) show the same picture: "
          + "keep one of them only."
  }
  func copyWithin(_ copy: String, _ original: String, _ category: Category) -> String {
    ja
      ? "\(quoted(category.name))の「\(copy)」は「\(original)」とほとんど同じ写真です。同じ写真からは、新しいことを学べません。"
      : "“\(copy)” in \(quoted(category.name)) shows nearly the same as “\(original)”: "
        + "the model learns nothing new from it."
  }
  func leak(_ photo: String) -> String {
    ja
      ? "「\(photo)」は学習に使った写真なので、テストになりません。モデルが見たことのない写真を選びましょう。"
      : "“\(photo)” is among the training photos, so this proves nothing: choose one that the model has never seen."
  }
  func suspect(_ photo: String, _ category: Category, _ suggested: Category) -> String {
    ja
      ? "\(quoted(category.name))の「\(photo)」は、ほかの写真から見ると\(quoted(suggested.name))に似ています。場所は合っていますか？"
      : "Have a look at “\(photo)” in \(quoted(category.name)): next to the other photos it looks more like "
        + "\(quoted(suggested.name)). Is it in the right place?"
  }
  func lookAlikes(_ a: Category, _ b: Category, count: Int, example: String) -> String {
    ja
      ? "モデルは\(quoted(a.name))と\(quoted(b.name))をよく間違えます（「\(example)」など\(photos(count))）。見分ける手がかりは写真のどこにありますか？"
      : "The model mixes up \(quoted(a.name)) and \(quoted(b.name)) (\(photos(count)), for example “\(example)”). "
        + "What in a photo tells them apart?"
  }
  var noCopies: String {
    ja ? "二度入っている写真は見つかりませんでした。" : "I found no photo that is there twice."
  }
  var noSuspects: String {
    ja
      ? "間違ったカテゴリーに入っていそうな写真は見つかりませんでした。"
      : "No photo looks as if it were in the wrong category."
  }
  var notChecked: String {
    ja ? "写真はまだ調べ終わっていません。" : "The photos have not been checked yet."
  }

  // MARK: Tests

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
  var isItRight: String {
    ja
      ? "合っていますか？違うなら、足りないものは何でしょう。"
      : "Is that right? If not, what is missing?"
  }
  func close(_ second: String, _ percent: Int) -> String {
    ja
      ? "次は\(quoted(second))の\(percent)%で、ほぼ半々です。あなたならどこを見て区別しますか？"
      : "\(quoted(second)) is close behind with \(percent)%: what would you look at to tell the two apart?"
  }
  var unknown: String {
    ja
      ? "ただし、この写真は学習したどの写真にもあまり似ていないので、棒は当てになりません。新しいカテゴリーが必要なのかもしれません。"
      : "But the photo is unlike everything that the model was taught, so do not trust the bars: perhaps it needs a "
        + "category of its own."
  }
  func outdated(_ photo: String) -> String {
    ja ? "「\(photo)」の結果は前のモデルのものです。" : "The result for “\(photo)” comes from an earlier model."
  }
  func untested(_ category: Category) -> String {
    ja
      ? "今のモデルでは、\(quoted(category.name))という答えがまだ出ていません。\(quoted(category.name))のはずの写真でテストしてみましょう。"
      : "The present model has not answered with \(quoted(category.name)) yet: test a photo for which it should."
  }
  func leastCertain(_ photo: String, of count: Int, _ category: String, _ percent: Int) -> String {
    ja
      ? "最近のテスト\(count)枚のうち、いちばん自信がなかったのは「\(photo)」で、\(quoted(category))が\(percent)%でした。"
      : "Of the last \(count) test photos, the model was least certain about “\(photo)”: "
        + "\(quoted(category)) with \(percent)%."
  }
  func nearest(_ photo: String, _ places: [(Category, [String])]) -> String {
    let list = places.map { category, names in
      let photos = names.map { ja ? "「\($0)」" : "“\($0)”" }
      return ja
        ? "\(quoted(category.name))の\(photos.joined())"
        : "\(photos.formatted(.list(type: .and).locale(Locale(identifier: "en_GB")))) in \(quoted(category.name))"
    }.joined(separator: ja ? "と、" : ", and ")
    return ja
      ? "モデルにとって「\(photo)」にいちばん似ている学習写真は、\(list)です。"
      : "To the model, “\(photo)” looks most like \(list)."
  }
  var causes: String {
    ja
      ? "答えが違うなら、その違いが写真に表れていないか、カテゴリーが足りないのかもしれません。"
      : "If the answer is wrong, your photos may not show the difference yet, or a category is missing."
  }
}
