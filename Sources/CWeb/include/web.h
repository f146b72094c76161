// What Swift cannot call of libcurl: functions with a variable number of arguments, and an address whose size depends on its family.
#pragma once
#include <curl/curl.h>
#include <stdint.h>

typedef size_t (*web_receive)(char *bytes, size_t size, size_t count, void *context);
typedef curl_socket_t (*web_open)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

CURLcode web_set_number(CURL *handle, CURLoption option, long value);
CURLcode web_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode web_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode web_set_receivers(CURL *handle, web_receive body, web_receive header, web_open open, void *context);
long web_status(CURL *handle);
const char *web_redirect(CURL *handle);

/// The 4 or 16 bytes of an address; their number, or 0 for a family that is neither.
int web_address_bytes(const struct curl_sockaddr *address, uint8_t bytes[16]);
/// The flag of `getaddrinfo` by which names are in the encoding of the locale.
int web_idn_flag(void);
/// The port of an address, 0 for a family that has none.
uint16_t web_port(const struct curl_sockaddr *address);
curl_socket_t web_socket(const struct curl_sockaddr *address);
