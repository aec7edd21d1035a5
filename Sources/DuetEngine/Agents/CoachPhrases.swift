// The coach's sentences in the languages of the assistants. They are not in the translation catalogues
// because the assistants' language is a setting of its own: a class may talk Japanese in an English desktop.
// A value; any thread. What is put in (names, numbers) comes from the project alone.
// About categories and checks: CoachPhrases+Project.swift.

import Foundation

struct CoachPhrases: Sendable {
  let ja: Bool

  init(language: String) { ja = language.lowercased().hasPrefix("ja") }

  var separator: String { ja ? "" : " " }
  var comma: String { ja ? "、" : ", " }

  func photos(_ count: Int) -> String {
    ja ? "\(count)枚" : count == 1 ? "1 photo" : "\(count) photos"
  }

  func quoted(_ name: String) -> String {
    let shown = name.isEmpty ? (ja ? "名前のないカテゴリー" : "a category without a name") : name
    return ja ? "「\(shown)」" : "“\(shown)”"
  }

  // MARK: The coach itself

  var introduction: String {
    ja
      ? "内蔵コーチです。写真は見えませんが、このプロジェクトの名前と数字はわかります。"
      : "This is the built-in coach: I cannot see photos, but I know the names and numbers of this project."
  }
  var abilities: String {
    ja
      ? "私はDuetMLに内蔵されたコーチです。カテゴリーの名前、写真の枚数、テストの結果、次にすることについて聞いてください。"
      : "I am the coach that is built into DuetML. Ask me about names of categories, numbers of photos, test results, "
        + "or what to do next."
  }
  var notUnderstood: String {
    ja ? "すみません、それはわかりませんでした。" : "I am sorry, I did not understand that."
  }
  var hello: String { ja ? "こんにちは。" : "Hello!" }
  var welcome: String {
    ja ? "どういたしまして。いろいろな写真で試してみてください。" : "You are welcome. Have fun trying it out!"
  }
  func privacy(photosSent count: Int) -> String {
    ja
      ? "私の答えはこのコンピューターの中で作られています。これまでに外へ出た写真は\(count)枚です。"
      : "My answers are made on this computer. "
        + (count == 1 ? "1 photo has left it so far." : "\(count) photos have left it so far.")
  }

  // MARK: First steps

  func goal(_ pair: (String, String)?) -> String {
    guard let (first, second) = pair else {
      return ja
        ? "いいですね、それが目標です。AIにどんな答えを出してほしいですか？答えひとつにつき、カテゴリーをひとつ作りましょう。"
        : "Good, that is your goal. Which answers should your AI be able to give? Make each answer a category."
    }
    return ja
      ? "いいですね、それが目標です。最初のカテゴリーは「\(first)」と「\(second)」でどうでしょう。"
      : "Good, that is your goal. “\(first)” and “\(second)” could be your first two categories."
  }
  var noCategories: String { ja ? "カテゴリーはまだありません。" : "There are no categories yet." }
  var addCategories: String {
    ja
      ? "AIに出してほしい答えを、ひとつずつカテゴリーにしましょう。ふたつあれば始められます。"
      : "Add one category for each answer that your AI should be able to give; two are enough to begin."
  }
  var train: String {
    ja ? "次は「学習」を押して、モデルを作りましょう。" : "Next, press Train to make a model."
  }
  var trainAgain: String {
    ja
      ? "前の学習のあとで写真かカテゴリーが変わったので、今の答えは古いモデルのものです。もう一度「学習」を押しましょう。"
      : "Photos or categories changed after the last training, so the answers come from an older model: "
        + "press Train again."
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
  func surprise(_ surprise: CoachSurprise) -> String { ja ? surprise.japanese : surprise.english }

  // MARK: How it works

  var method: String {
    ja
      ? "モデルは写真を数字の並びとして見て、どんな数字がどのカテゴリーに多いかを学びます。知っているのは、あなたの写真だけです。"
      : "The model sees each photo as a list of numbers and learns which numbers go with which category. "
        + "It knows nothing but your photos."
  }
  var meaning: String {
    ja
      ? "カテゴリーは、AIが出せる答えのひとつです。そこに入れた写真が、その意味をモデルに教えます。"
      : "A category is one answer that your AI can give. The photos in it show the model what is meant."
  }
  var percent: String {
    ja
      ? "棒は、100%をカテゴリーどうしで分け合ったものです。関係のないものの写真にも棒は出るので、高くても正しいとは限りません。"
      : "The bars share 100% among your categories. A photo of something else gets bars as well, so a long bar "
        + "does not prove that the answer is right."
  }
  var goodPhotos: String {
    ja
      ? "背景や向きや明るさがいろいろな写真がよいです。ひとつのカテゴリーの背景がみな同じだと、モデルは背景のほうを覚えてしまうかもしれません。"
      : "Photos that differ as things do in real life: other backgrounds, other sides, other light. If all photos of a "
        + "category have one background, the model may learn the background instead."
  }
  var goodName: String {
    ja
      ? "よい名前は、写真に写っているものを言い表します。何が入るのか、だれも聞かなくてすむ名前です。"
      : "A good name says what can be seen in the photos, so that nobody has to ask what belongs there."
  }
  func another(_ count: Int) -> String {
    ja
      ? "AIの前に出てきそうなものを、全部思い浮かべてみましょう。今の\(count)個のどれにも当てはまらないものには、必ず違う答えが出ます。"
      : "Think of everything that may come in front of your AI. What fits none of your \(count) categories is sure "
        + "to get a wrong answer."
  }
  func anotherFor(_ photo: String) -> String {
    ja
      ? "「\(photo)」は学習したどの写真にも似ていません。こういう写真も来るなら、そのためのカテゴリーを作りましょう。"
      : "“\(photo)” is unlike everything that was taught. If such photos may come, give them a category of their own."
  }
}
