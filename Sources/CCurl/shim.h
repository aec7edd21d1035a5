// libcurl: the only way anything could leave the computer. Its varargs calls are in CCurlShim.
#pragma once
#include <curl/curl.h>
