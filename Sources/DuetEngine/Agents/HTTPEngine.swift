// All transfers of the app, at once and on one thread, through libcurl's multi interface. Any thread may order one;
// the thread and its multi handle live only while something is under way, so that an idle app has no open socket.
// Orders and cancellations go into an inbox and wake the thread up.

import CCurl
import CCurlShim
import Foundation
import Synchronization

final class HTTPEngine: Sendable {
  static let shared = HTTPEngine()

  /// libcurl asks to be started once, before other threads use it; Swift runs this once.
  private static let libraryIsReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// libcurl's multi handle.
  // Safe to send: the thread alone works with it, and the others call curl_multi_wakeup, which any thread may.
  private struct Multi: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer
  }

  private struct Inbox {
    /// Nil: there is no thread.
    var multi: Multi?
    var orders: [HTTPOrder] = []
  }

  private let inbox = Mutex(Inbox())

  /// Longest sleep in milliseconds; orders and cancellations end it early.
  private static let longestSleep = 60_000.0

  /// Sends a request and hands the body of its answer to `receive`, piece by piece, on the engine's thread.
  /// Cancel the task to hang up.
  func send(
    _ request: HTTPRequest, receive: @escaping @Sendable (Int, Data) -> HTTPVerdict
  ) async -> Result<HTTPAnswer, ReplyError> {
    let cancelled = CancellationFlag()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        add(HTTPOrder(request: request, cancelled: cancelled, receive: receive) { continuation.resume(returning: $0) })
      }
    } onCancel: {
      cancelled.set()
      wake()
    }
  }

  /// How many threads there are: one while something is under way.
  var isAtWork: Bool { inbox.withLock { $0.multi != nil } }

  private func add(_ order: HTTPOrder) {
    let started: Multi?? = inbox.withLock { inbox in
      if let multi = inbox.multi {
        inbox.orders.append(order)
        curl_multi_wakeup(multi.handle)
        return .some(nil)
      }
      guard Self.libraryIsReady, let handle = curl_multi_init() else { return nil }
      inbox.orders.append(order)
      let multi = Multi(handle: handle)
      inbox.multi = multi
      return multi
    }
    guard let started else { return order.finish(.failure(.interrupted(host: order.request.host))) }
    guard let multi = started else { return }
    let thread = Thread { [self] in run(multi) }
    thread.name = "duetml-network"
    thread.start()
  }

  private func wake() {
    inbox.withLock { inbox in
      if let multi = inbox.multi { curl_multi_wakeup(multi.handle) }
    }
  }

  // MARK: The thread

  private func run(_ multi: Multi) {
    var transfers: [UnsafeMutableRawPointer: HTTPTransfer] = [:]
    func end(_ transfer: HTTPTransfer, _ code: CURLcode) {
      curl_multi_remove_handle(multi.handle, transfer.handle)
      transfers[transfer.handle] = nil
      transfer.finish(code)
    }
    while true {
      for order in takeOrders() { begin(order, on: multi, &transfers) }
      var running: Int32 = 0
      curl_multi_perform(multi.handle, &running)
      var code = CURLE_OK
      while let handle = ccurl_finished(multi.handle, &code) {
        if let transfer = transfers[handle] { end(transfer, code) }
      }
      let now = ContinuousClock.now
      for transfer in transfers.values {
        if transfer.order.cancelled.isSet {
          end(transfer, CURLE_ABORTED_BY_CALLBACK)
        } else if transfer.deadline <= now {
          end(transfer, CURLE_OPERATION_TIMEDOUT)
        }
      }
      if transfers.isEmpty {
        if isDone() { break }
        continue
      }
      let next = transfers.values.map(\.deadline).min().map { ($0 - .now) / .milliseconds(1) } ?? Self.longestSleep
      curl_multi_poll(multi.handle, nil, 0, Int32(min(max(next.rounded(.up), 0), Self.longestSleep)), nil)
    }
    curl_multi_cleanup(multi.handle)
  }

  private func begin(_ order: HTTPOrder, on multi: Multi, _ transfers: inout [UnsafeMutableRawPointer: HTTPTransfer]) {
    guard !order.cancelled.isSet else { return order.finish(.failure(.cancelled)) }
    guard let transfer = HTTPTransfer(order), curl_multi_add_handle(multi.handle, transfer.handle) == CURLM_OK
    else { return order.finish(.failure(.interrupted(host: order.request.host))) }
    transfers[transfer.handle] = transfer
  }

  private func takeOrders() -> [HTTPOrder] {
    inbox.withLock { inbox in
      defer { inbox.orders = [] }
      return inbox.orders
    }
  }

  /// True where nobody ordered anything more: from then on the next order starts a new thread.
  private func isDone() -> Bool {
    inbox.withLock { inbox in
      guard inbox.orders.isEmpty else { return false }
      inbox.multi = nil
      return true
    }
  }
}

/// Raised by whoever gives up waiting, read by the transfer. Any thread.
final class CancellationFlag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isSet: Bool { raised.load(ordering: .relaxed) }
  func set() { raised.store(true, ordering: .relaxed) }
}
