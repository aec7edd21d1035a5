// One POST through libcurl, as the engine's thread sees it: a curl handle, its clocks, and what its callbacks need.
// Confined to that thread. Owns the handle and the list of headers; libcurl copies the body and the strings.

import CCurl
import CCurlShim
import Foundation

final class HTTPTransfer {
  let order: HTTPOrder
  let handle: UnsafeMutableRawPointer
  private var headers: UnsafeMutablePointer<curl_slist>?
  private let began = ContinuousClock.now
  /// When a byte went out or came in last.
  private var moved = ContinuousClock.now
  private var bytesMoved: curl_off_t = 0
  private var received = 0
  /// Set by the receiver, or by a clock.
  private var ending: HTTPVerdict = .more

  /// Nil where libcurl has no memory left or does not take an option: a connection without its limits is not made.
  init?(_ order: HTTPOrder) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.order = order
    guard addHeaders(), configure() == CURLE_OK else { return nil }
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
  }

  // MARK: Clocks

  /// When this transfer has waited too long, if nothing moves until then.
  var deadline: ContinuousClock.Instant {
    let patience = order.request.patience
    let silence = received == 0 ? patience.firstByte : patience.stall
    return min(moved + .seconds(silence), began + .seconds(patience.total))
  }

  private func note(_ bytes: curl_off_t) {
    guard bytes != bytesMoved else { return }
    bytesMoved = bytes
    moved = .now
  }

  // MARK: Options

  private func addHeaders() -> Bool {
    // The empty "Expect:" stops curl from waiting a second for permission to send a large body.
    var lines = ["Content-Type: application/json", "Accept: application/json, text/event-stream", "Expect:"]
    if let bearer = order.request.bearer { lines.append("Authorization: Bearer \(bearer.value)") }
    for line in lines {
      guard let longer = curl_slist_append(headers, line) else { return false }
      headers = longer
    }
    return true
  }

  private func configure() -> CURLcode {
    let request = order.request
    let context = Unmanaged.passUnretained(self).toOpaque()
    let long: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_POSTFIELDSIZE, request.body.count),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_FOLLOWLOCATION, 0),
      (CURLOPT_CONNECTTIMEOUT, request.patience.connect), (CURLOPT_NOPROGRESS, 0),
      (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
      // No connection outlives its request, so that curl never sends one twice behind the ledger's back.
      (CURLOPT_FRESH_CONNECT, 1), (CURLOPT_FORBID_REUSE, 1),
    ]
    for (option, value) in long {
      let code = ccurl_set_long(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    var strings = [
      (CURLOPT_URL, request.url), (CURLOPT_PROTOCOLS_STR, "http,https"), (CURLOPT_USERAGENT, "duetml"),
    ]
    if request.avoidsProxy { strings.append((CURLOPT_NOPROXY, "*")) }
    for (option, value) in strings {
      let code = ccurl_set_string(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    if let certificates = request.certificates {
      let code = trust(certificates)
      guard code == CURLE_OK else { return code }
    }
    let body = request.body.withUnsafeBytes { bytes in
      ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
    guard body == CURLE_OK else { return body }
    for (option, value) in [
      (CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers)), (CURLOPT_WRITEDATA, context),
      (CURLOPT_XFERINFODATA, context), (CURLOPT_PRIVATE, context),
    ] {
      let code = ccurl_set_pointer(handle, option, value)
      guard code == CURLE_OK else { return code }
    }
    return setCallbacks()
  }

  /// The system's bundle and the private one as one: setting only the private one would distrust everybody else.
  private func trust(_ certificates: Data) -> CURLcode {
    var path: UnsafePointer<CChar>?
    ccurl_get_string(handle, CURLINFO_CAINFO, &path)
    let system = path.flatMap { try? Data(contentsOf: URL(fileURLWithPath: String(cString: $0))) } ?? Data()
    let all = system + Data("\n".utf8) + certificates
    return all.withUnsafeBytes { ccurl_set_blob(handle, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count) }
  }

  private func setCallbacks() -> CURLcode {
    let write = ccurl_set_write_function(handle) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
      return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }
    guard write == CURLE_OK else { return write }
    return ccurl_set_progress_function(handle) { context, _, down, _, up in
      guard let context else { return 1 }
      let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
      transfer.note(down + up)
      return transfer.order.cancelled.isSet ? 1 : 0
    }
  }

  // MARK: The answer

  /// False: hang up.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    received += bytes.count
    moved = .now
    ending = order.receive(status, Data(bytes))
    if case .more = ending { return true }
    return false
  }

  private var status: Int {
    var status = 0
    ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// Tells the end; the transfer is of no use afterwards.
  func finish(_ code: CURLcode) {
    order.finish(result(code))
  }

  private func result(_ code: CURLcode) -> Result<HTTPAnswer, ReplyError> {
    if order.cancelled.isSet { return .failure(.cancelled) }
    switch ending {
    case .refuse(let error): return .failure(error)
    case .more where code != CURLE_OK: return .failure(problem(code))
    case .more, .enough:
      return .success(HTTPAnswer(status: status, retryAfter: header("Retry-After"), received: received))
    }
  }

  private func header(_ name: String) -> String? {
    var found: UnsafeMutablePointer<curl_header>?
    guard curl_easy_header(handle, name, 0, UInt32(CURLH_HEADER), -1, &found) == CURLHE_OK else { return nil }
    return found.flatMap { $0.pointee.value }.map { String(cString: $0) }
  }

  private func problem(_ code: CURLcode) -> ReplyError {
    let host = order.request.host
    switch code {
    case CURLE_ABORTED_BY_CALLBACK: return .cancelled
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameNotFound(host: host)
    case CURLE_COULDNT_CONNECT: return .refused(host: host)
    case CURLE_OPERATION_TIMEDOUT: return .timeout(host: host)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: return .badAddress
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: return .untrusted(host: host)
    case CURLE_SSL_CACERT_BADFILE: return .badCertificateFile
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER: return .notSecure(host: host)
    default: return .interrupted(host: host)
    }
  }
}
