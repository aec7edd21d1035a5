// One POST through libcurl. Blocks, so only on the network's own Dispatch queue. The curl handle lives
// inside `post`; the callbacks run on the same thread and see memory that `post` owns.

import CCurl
import CCurlShim
import Foundation

struct HTTPTransfer: Sendable {
  struct Answer: Sendable, Equatable {
    var status: Int
    var body: Data
  }

  /// The longest answer that is read, in bytes; a chat reply has a few thousand.
  static let bodyLimit = 1 << 20

  let url: String
  let host: String
  let bearer: String?
  /// True for this computer: a proxy would see what must not leave.
  let avoidsProxy: Bool
  let patience: NetworkPatience
  let cancelled: CancellationFlag

  /// libcurl asks to be started once, before other threads use it; Swift runs this once.
  private static let libraryIsReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// What the callbacks need. Owned by `post` for the length of the transfer.
  private final class Reception {
    var body = Data()
    var isTooLong = false
    let cancelled: CancellationFlag
    init(cancelled: CancellationFlag) { self.cancelled = cancelled }
  }

  func post(_ body: Data) -> Result<Answer, ReplyError> {
    guard !cancelled.isSet else { return .failure(.cancelled) }
    guard Self.libraryIsReady, let handle = curl_easy_init() else { return .failure(.interrupted(host: host)) }
    defer { curl_easy_cleanup(handle) }
    let reception = Reception(cancelled: cancelled)
    var headers: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(headers) }
    // The empty "Expect:" stops curl from waiting a second for permission to send a large body.
    var lines = ["Content-Type: application/json", "Accept: application/json", "Expect:"]
    if let bearer { lines.append("Authorization: Bearer \(bearer)") }
    for line in lines {
      guard let longer = curl_slist_append(headers, line) else { return .failure(.interrupted(host: host)) }
      headers = longer
    }
    let code: CURLcode = body.withUnsafeBytes { bytes in
      let problem = configure(handle, headers: headers, body: bytes, reception: reception)
      guard problem == CURLE_OK else { return problem }
      return withExtendedLifetime(reception) { curl_easy_perform(handle) }
    }
    guard code == CURLE_OK else { return .failure(problem(code, reception)) }
    var status = 0
    ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return .success(Answer(status: status, body: reception.body))
  }

  /// Every option must be taken: a connection without its limits is not made at all.
  private func configure(
    _ handle: UnsafeMutableRawPointer, headers: UnsafeMutablePointer<curl_slist>?,
    body: UnsafeRawBufferPointer, reception: Reception
  ) -> CURLcode {
    let context = Unmanaged.passUnretained(reception).toOpaque()
    let long: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_POSTFIELDSIZE, body.count),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_FOLLOWLOCATION, 0),
      (CURLOPT_CONNECTTIMEOUT, patience.connect), (CURLOPT_TIMEOUT, patience.total),
      (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, patience.stall), (CURLOPT_NOPROGRESS, 0),
    ]
    for (option, value) in long {
      let code = ccurl_set_long(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    var strings = [(CURLOPT_URL, url), (CURLOPT_PROTOCOLS_STR, "http,https"), (CURLOPT_USERAGENT, "duetml")]
    if avoidsProxy { strings.append((CURLOPT_NOPROXY, "*")) }
    for (option, value) in strings {
      let code = ccurl_set_string(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    let pointers: [(CURLoption, UnsafeMutableRawPointer?)] = [
      (CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers)), (CURLOPT_WRITEDATA, context),
      (CURLOPT_XFERINFODATA, context), (CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress)),
    ]
    for (option, value) in pointers {
      let code = ccurl_set_pointer(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    let write = ccurl_set_write_function(handle) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
      let length = size * count
      guard reception.body.count + length <= HTTPTransfer.bodyLimit else {
        reception.isTooLong = true
        return 0
      }
      reception.body.append(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: length)
      return length
    }
    guard write == CURLE_OK else { return write }
    return ccurl_set_progress_function(handle) { context, _, _, _, _ in
      guard let context else { return 1 }
      return Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue().cancelled.isSet ? 1 : 0
    }
  }

  private func problem(_ code: CURLcode, _ reception: Reception) -> ReplyError {
    if reception.isTooLong { return .replyTooLong }
    switch code {
    case CURLE_ABORTED_BY_CALLBACK: return .cancelled
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameNotFound(host: host)
    case CURLE_COULDNT_CONNECT: return .refused(host: host)
    case CURLE_OPERATION_TIMEDOUT: return .timeout(host: host)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: return .badAddress
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE:
      return .notSecure(host: host)
    default: return .interrupted(host: host)
    }
  }
}
