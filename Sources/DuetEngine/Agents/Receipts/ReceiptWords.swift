// The words by which the receipts know what a number in an assistant's sentence counts, in English and Japanese.
// Values; any thread. Japanese has no spaces, so its words are cut out of the text by this list, the longest first;
// what is not in it stays single characters. All in the form that `ReceiptText` folds text to.

enum ReceiptWords {
  static let photos: Set<String> = [
    "photo", "photos", "picture", "pictures", "image", "images", "photograph", "photographs", "枚",
  ]
  static let categories: Set<String> = ["category", "categories", "カテゴリー", "カテゴリ"]
  /// Japanese counters for things such as categories.
  static let counters: Set<String> = ["個", "つ", "種類", "件"]
  static let percent: Set<String> = ["%", "percent", "パーセント"]

  /// A clause with one of these speaks of what might be, should be, is not, or is not known exactly.
  static let hedges: Set<String> = [
    "try", "add", "adding", "collect", "collecting", "bring", "take", "use", "using", "need", "needs", "want", "wants",
    "aim", "should", "could", "would", "might", "may", "can", "cannot", "must", "will", "if", "once", "when", "until",
    "unless", "about", "around", "roughly", "approximately", "almost", "nearly", "over", "under", "least", "most",
    "more", "fewer", "less", "another", "extra", "additional", "up", "maybe", "perhaps", "probably", "imagine",
    "suppose", "let", "lets", "not", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "havent", "hasnt", "never",
    "no", "each", "every", "per", "both", "either", "or", "than", "example", "instead", "before", "earlier",
    "previously", "used", "becomes", "become", "expect", "create", "make", "making", "start", "begin", "enough",
    "ideally", "goal", "target", "reach", "next", "rest", "some", "remove", "move", "delete", "put", "merge", "split",
    "get", "gather", "find", "choose", "pick", "having", "give", "giving", "few", "several", "limit", "maximum",
    "minimum", "allowed", "below", "above", "between", "beyond",
    "ましょう", "ください", "下さい", "ほしい", "欲しい", "たら", "れば", "なら", "場合", "約", "およそ", "くらい", "ぐらい", "ほど",
    "以上", "以下", "未満", "まで", "あと", "もう少し", "追加", "足し", "増や", "加え", "集め", "必要", "ずつ", "など", "ません", "ない",
    "でしょう", "かもしれ", "たとえば", "例えば", "前は", "以前", "さらに", "ほか", "他に", "作り", "作る", "作って", "移し", "消し", "減ら",
    "よう", "といい", "とよい", "目標", "最低", "最大", "足りな", "それぞれ", "各", "もっと", "から",
  ]
  /// A sentence that begins with one of these asks.
  static let askers: Set<String> = [
    "do", "does", "did", "is", "are", "was", "were", "what", "which", "why", "how", "who", "where", "when", "would",
    "could", "should", "can", "will", "have", "has", "shall", "may",
  ]
  /// What may stand between a category and what is said of it, without changing the meaning.
  static let links: Set<String> = [
    "has", "have", "had", "contains", "contain", "holds", "hold", "with", "got", "gets", "shows", "is", "are", "was",
    "at", "to", "for", "as", "in", "of", "only", "just", "now", "already", "currently", "still", "category", "the",
    "your", "there", "model", "says", "it", "its", "that", "bar", "and", "so", "far", "total", "a", "result", "result",
    "answer", "answers", "answered", "sure", "certain", "said", "chose", "by", "gave", "given", "puts", "score",
    "accuracy", ":", "(", ")", ",", "=", "-", "–", "—",
    "の", "は", "が", "に", "には", "で", "も", "と", "を", "今", "現在", "まだ", "写真", "カテゴリー", "カテゴリ", "というカテゴリー", "：",
    "（", "）", "、", "だけ", "しか", "全部で", "合計", "確率", "正解率", "モデル", "答え", "結果", "バー",
  ]
  /// Between a category and a number: the words that say how many it has.
  static let counting: Set<String> = [
    "has", "have", "contains", "contain", "holds", "hold", "got", ":", "(", "は", "が", "も", "写真", "：", "（",
  ]
  /// What may follow a number of photos that is the number of all of them.
  static let afterCounts: Set<String> = [
    "so", "now", "yet", "already", "altogether", "right", "currently", ")", "）", "です", "あります", "だけ", "しか", "で", "と",
  ]
  /// What may follow a percentage that is a bar's.
  static let afterPercentages: Set<String> = [
    "sure", "certain", "confident", "confidence", "probability", "likely", "is", "was", "here", "now", ")", "）", "です",
    "で", "と", "の", "が",
  ]
  static let total: Set<String> = ["total", "altogether", "all", "overall", "全部で", "合計", "全体で"]
  static let accuracy: Set<String> = [
    "accuracy", "accurate", "score", "correct", "correctly", "正解率", "精度", "正解", "正しく", "正答",
  ]
  static let mistaking: Set<String> = ["taken", "mistaken", "confused", "mixed", "confuses", "mistakes", "takes"]
  static let mistakingJapanese: Set<String> = ["間違え", "間違わ", "混同", "取り違え"]

  static let numbers: [String: Int] = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
  ]
  static let japaneseDigits: [Character: Int] = [
    "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// Words of the lists above that Japanese text is searched for, the longest first.
  static let japanese: [[Character]] = {
    let lists = [
      photos, categories, counters, percent, hedges, links, total, accuracy, mistakingJapanese,
      ["空", "ありません", "あります", "です", "いくつ", "何枚", "うち", "中", "写真", "。", "？"],
    ]
    let words = Set(lists.joined()).filter { word in
      word.unicodeScalars.allSatisfy { $0.value > 0x2FFF || $0 == "、" }
    }
    return words.map(Array.init).sorted { ($0.count, String($1)) > ($1.count, String($0)) }
  }()
}
