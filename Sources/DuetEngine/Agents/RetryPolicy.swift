// When a busy server is asked again, and after how long: exponential backoff with jitter, or what the server says.
// Values; any thread. The randomness comes from a seed, so that tests see the same pauses every time.

import Foundation
import Synchronization

/// How often and how patiently one question is asked.
struct RetryPolicy: Sendable {
  /// Attempts after the first one.
  var limit = 3
  /// Before the second attempt, in seconds; doubles each time.
  var base = 1.0
  /// No pause is longer; a server that wants more is given up.
  var longest = 60.0
  var seed = UInt64.random(in: 0...UInt64.max)
  /// Waits so many seconds; throws `.cancelled`.
  var wait: @Sendable (Double) async throws(ReplyError) -> Void = { seconds async throws(ReplyError) in
    // The pause that a busy server asked for: time itself is what is waited for.
    do { try await Task.sleep(for: .seconds(seconds)) } catch { throw .cancelled }
  }

  func retries() -> Retries { Retries(policy: self, generator: SplitMix64(seed: seed)) }

  /// The retries of one question.
  struct Retries {
    let policy: RetryPolicy
    var generator: SplitMix64
    private(set) var count = 0

    fileprivate init(policy: RetryPolicy, generator: SplitMix64) {
      self.policy = policy
      self.generator = generator
    }

    /// Seconds to wait before asking again; nil: the error is final.
    ///
    /// Half of the backoff is certain and half is chance, so that a class whose requests were all turned away at
    /// once does not come back all at once. A server's own wish is a lower bound.
    mutating func pause(after error: ReplyError) -> Double? {
      let wish: Int?
      switch error {
      case .tooManyRequests(let seconds), .serverError(_, let seconds): wish = seconds
      default: return nil
      }
      guard count < policy.limit, Double(wish ?? 0) <= policy.longest else { return nil }
      let backoff = policy.base * Double(1 << count)
      count += 1
      let chance = Double.random(in: 0...1, using: &generator)
      return min(policy.longest, max(Double(wish ?? 0), 0) + backoff * (0.5 + 0.5 * chance))
    }
  }
}

/// What a server means by `Retry-After`: seconds, or a date.
/// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
enum RetryAfter {
  /// Whole seconds from `now`; nil where the value is neither.
  static func seconds(_ value: String, now: Date = Date()) -> Int? {
    let text = value.trimmingCharacters(in: .whitespaces)
    if !text.isEmpty, text.allSatisfy({ ("0"..."9").contains($0) }) { return Int(text) ?? .max }
    guard let date = httpDate(text) else { return nil }
    return max(0, Int(min(date.timeIntervalSince(now).rounded(.up), 1e9)))
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func httpDate(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
  }
}

/// Whether a word of the reply was shown already. Any thread.
final class WordsShown: Sendable {
  private let shown = Atomic<Bool>(false)
  var wereShown: Bool { shown.load(ordering: .relaxed) }
  func note() { shown.store(true, ordering: .relaxed) }
}
