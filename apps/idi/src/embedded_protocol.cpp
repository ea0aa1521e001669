#include "embedded_page.hpp"

extern "C" const char idi_openapi_begin[];
extern "C" const char idi_openapi_end[];
extern "C" const char idi_message_schema_begin[];
extern "C" const char idi_message_schema_end[];

namespace idi::cli {

std::string_view embedded_openapi() {
  return {idi_openapi_begin, static_cast<std::size_t>(idi_openapi_end - idi_openapi_begin)};
}

std::string_view embedded_message_schema() {
  return {idi_message_schema_begin,
          static_cast<std::size_t>(idi_message_schema_end - idi_message_schema_begin)};
}

}  // namespace idi::cli
