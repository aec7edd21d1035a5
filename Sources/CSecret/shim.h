// libsecret: the API key lives in the desktop keyring, never in a file of ours.
#pragma once
#include <libsecret/secret.h>
