#include "address.hpp"

#include <curl/curl.h>

#include <memory>

namespace idi::http_client {
namespace {

struct UrlCleanup {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct TextCleanup {
  void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, TextCleanup> owner(text);
  return text;
}

Error no_address(std::string message, std::string detail) {
  return make_error(ErrorCode::invalid_argument, std::move(message),
                    "write it as http://host:port or https://host:port", std::move(detail));
}

}  // namespace

Result<Address> parse_address(const std::string& url) {
  const std::unique_ptr<CURLU, UrlCleanup> parsed(curl_url());
  const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0);
  // A byte 0 would cut the address short in curl's eyes.
  if (code != CURLUE_OK || url.find('\0') != std::string::npos) {
    return no_address("the address of the server cannot be read", curl_url_strerror(code));
  }
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") {
    return no_address("the address of the server is neither http nor https", scheme);
  }
  Address address;
  address.shown = scheme + "://" + part_of(parsed.get(), CURLUPART_HOST);
  if (const auto port = part_of(parsed.get(), CURLUPART_PORT); !port.empty()) {
    address.shown += ":" + port;
  }
  return address;
}

}  // namespace idi::http_client
