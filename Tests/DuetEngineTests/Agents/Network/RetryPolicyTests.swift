// When a busy server is asked again, and after how long.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct RetryPolicyTests {
  @Test func pausesGrowAndHaveChanceInThem() {
    var retries = RetryPolicy(seed: 7).retries()
    var same = RetryPolicy(seed: 7).retries()
    var other = RetryPolicy(seed: 8).retries()
    let pauses = (0..<3).compactMap { _ in retries.pause(after: .serverError(status: 503)) }
    #expect(pauses == (0..<3).compactMap { _ in same.pause(after: .serverError(status: 503)) })
    #expect(pauses != (0..<3).compactMap { _ in other.pause(after: .serverError(status: 503)) })
    for (pause, backoff) in zip(pauses, [1.0, 2, 4]) { #expect((backoff / 2...backoff).contains(pause)) }
    #expect(pauses.count == 3)
    let fourth = retries.pause(after: .serverError(status: 503))
    #expect(fourth == nil, "three retries, no more")
  }

  @Test func theServersWishIsALowerBound() throws {
    var retries = RetryPolicy(seed: 1).retries()
    let pause = retries.pause(after: .tooManyRequests(retryAfter: 20))
    #expect((20.0...21).contains(try #require(pause)))
    let hour = retries.pause(after: .tooManyRequests(retryAfter: 3_600))
    #expect(hour == nil, "nobody waits for an hour")
    let minute = retries.pause(after: .serverError(status: 500, retryAfter: 60))
    #expect(minute == 60)
  }

  @Test(arguments: [ReplyError.wrongKey, .emptyReply, .cancelled, .refused(host: "h"), .timeout(host: "h")])
  func otherErrorsAreFinal(error: ReplyError) {
    var retries = RetryPolicy(seed: 1).retries()
    let pause = retries.pause(after: error)
    #expect(pause == nil)
  }

  @Test func retryAfterIsSecondsOrADate() {
    let now = Date(timeIntervalSince1970: 784_111_767)  // Sun, 06 Nov 1994 08:49:27 GMT
    #expect(RetryAfter.seconds("120", now: now) == 120)
    #expect(RetryAfter.seconds(" 0 ", now: now) == 0)
    #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: now) == 10)
    #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:00:00 GMT", now: now) == 0, "a date that has passed")
    for wrong in ["", "-1", "1.5", "soon", "Sun, 99 Nov 1994"] { #expect(RetryAfter.seconds(wrong, now: now) == nil) }
    #expect(RetryAfter.seconds("99999999999999999999999", now: now) == .max)
  }

  @Test func whatIsBlamedIsLeftOut() {
    let all: Set<ServerFeature> = [.pictures, .tools, .streaming, .usage]
    #expect(all.blamed(for: .lacks(.tools, status: 400)) == [.tools])
    #expect(all.blamed(for: .requestNotAccepted(status: 400)) == [.tools, .streaming, .usage])
    #expect(Set([.pictures]).blamed(for: .requestNotAccepted(status: 400)) == [.pictures])
    #expect(Set([.pictures]).blamed(for: .lacks(.tools, status: 400)) == [.pictures], "it was not even asked for")
    #expect(Set<ServerFeature>().blamed(for: .requestNotAccepted(status: 400)) == nil)
    #expect(all.blamed(for: .wrongKey) == nil)
    #expect(all.blamed(for: .serverError(status: 500)) == nil)
  }
}
