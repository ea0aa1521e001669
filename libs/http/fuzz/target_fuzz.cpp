// Any bytes as a request's target, a form, a Host and an Origin: what comes out is text, and what
// the checks let pass is our own.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "admission.hpp"
#include "idi/core/text.hpp"
#include "idi/http/form.hpp"
#include "target.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void require_text(const idi::http::FormFields& fields) {
  require(fields.size() <= idi::http::max_form_fields);
  for (const auto& [name, value] : fields) {
    require(idi::text::is_valid_utf8(name) && idi::text::is_valid_utf8(value));
    require((name + value).find('\0') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto fields = idi::http::parse_form(bytes)) require_text(*fields);
  if (const auto target = idi::http::parse_target(bytes)) {
    require(target->path == "*" || target->path.starts_with('/'));
    require(idi::text::is_valid_utf8(target->path));
    require_text(target->parameters);
  }
  static const idi::http::Admission admission({"own.example"}, false);
  idi::http::Request request;
  request.headers = {{"host", std::string(bytes)}, {"origin", "http://" + std::string(bytes)}};
  if (!admission.check_host(request, "")) {
    const auto authority = idi::http::parse_authority(bytes);
    require(authority && (authority->is_ip_address || authority->host == "own.example" ||
                          authority->host == "localhost"));
    require(!admission.check_origin(request));
  }
  request.headers[0].second = "own.example:8080";
  if (!admission.check_origin(request)) {
    const auto authority = idi::http::parse_authority(bytes);
    require(authority && authority->host == "own.example" && authority->port == 8080);
  }
  return 0;
}
