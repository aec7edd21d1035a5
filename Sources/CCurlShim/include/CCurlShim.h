// libcurl's option setters are varargs, which Swift cannot call: one typed function an argument kind.
// Any thread; the handle must not be in use on another one. Nothing is retained but what libcurl retains.
#pragma once
#include <curl/curl.h>

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
/// libcurl keeps a copy of the bytes.
CURLcode ccurl_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count);
CURLcode ccurl_set_write_function(CURL *handle, curl_write_callback function);
CURLcode ccurl_set_progress_function(CURL *handle, curl_xferinfo_callback function);
CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode ccurl_get_string(CURL *handle, CURLINFO info, const char **value);
/// The next transfer that is over, and how it ended; NULL: none. The handle still belongs to the multi handle.
CURL *ccurl_finished(CURLM *multi, CURLcode *result);
