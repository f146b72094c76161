#define _GNU_SOURCE
#include "web.h"
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

CURLcode web_set_number(CURL *handle, CURLoption option, long value) { return curl_easy_setopt(handle, option, value); }
CURLcode web_set_text(CURL *handle, CURLoption option, const char *value) { return curl_easy_setopt(handle, option, value); }
CURLcode web_set_list(CURL *handle, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(handle, option, value); }

CURLcode web_set_receivers(CURL *handle, web_receive body, web_receive header, web_open open, void *context) {
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open);
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

long web_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

const char *web_redirect(CURL *handle) {
    char *address = NULL;
    curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &address);
    return address;
}

int web_idn_flag(void) { return AI_IDN; }

int web_address_bytes(const struct curl_sockaddr *address, uint8_t bytes[16]) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

uint16_t web_port(const struct curl_sockaddr *address) {
    if (address->family == AF_INET) return ntohs(((const struct sockaddr_in *)&address->addr)->sin_port);
    if (address->family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)&address->addr)->sin6_port);
    return 0;
}

curl_socket_t web_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
