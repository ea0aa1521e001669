// Percent-encoding, forms, targets, and who may ask: pure functions, no sockets.
#include "idi/http/form.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "admission.hpp"
#include "idi/core/text.hpp"
#include "response_head.hpp"
#include "target.hpp"

namespace idi::http {
namespace {

using testing::HasSubstr;

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return encoded;
}

TEST(PercentDecode, Decodes) {
  EXPECT_EQ(*percent_decode(""), "");
  EXPECT_EQ(*percent_decode("a%20b+c"), "a b+c");
  EXPECT_EQ(*percent_decode("a%20b+c", PlusSign::is_blank), "a b c");
  EXPECT_EQ(*percent_decode("%c3%A9%2B"), "é+");
  EXPECT_EQ(*percent_decode("100%25"), "100%");
}

TEST(PercentDecode, RefusesWhatIsNoText) {
  for (const char* text : {"%", "%2", "%%20", "a%2", "%g0", "%0g", "% 20", "%-1", "%ff", "%c3",
                           "%ed%a0%80", "%00", "\xFF"}) {
    const auto decoded = percent_decode(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().code, ErrorCode::invalid_argument) << text;
  }
  EXPECT_FALSE(percent_decode(std::string_view("a\0b", 3)));
}

RC_GTEST_PROP(PercentDecode, UndoesEncoding, (const std::string& bytes)) {
  const std::string text = text::to_valid_utf8(bytes);
  RC_PRE(text.find('\0') == std::string::npos);
  RC_ASSERT(*percent_decode(percent_encode(text)) == text);
}

TEST(ParseForm, SplitsFields) {
  EXPECT_EQ(*parse_form(""), FormFields{});
  EXPECT_EQ(*parse_form("a=1&b=x+y&c&a=2&=v&d="),
            (FormFields{{"a", "1"}, {"b", "x y"}, {"c", ""}, {"a", "2"}, {"", "v"}, {"d", ""}}));
  EXPECT_EQ(*parse_form("&&a=b=c&"), (FormFields{{"a", "b=c"}}));
  EXPECT_EQ(*parse_form("a%3D1=%26"), (FormFields{{"a=1", "&"}}));
  EXPECT_EQ(parse_form("a=%zz").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(parse_form("%ff=1").error().code, ErrorCode::invalid_argument);
}

TEST(ParseForm, FieldsAreLimited) {
  std::string body;
  for (std::size_t i = 0; i < max_form_fields; ++i) body += "a&";
  EXPECT_EQ(parse_form(body)->size(), max_form_fields);
  EXPECT_EQ(parse_form(body + "a").error().code, ErrorCode::limit_exceeded);
}

RC_GTEST_PROP(ParseForm, UndoesEncoding,
              (const std::vector<std::pair<std::string, std::string>>& pairs)) {
  FormFields fields;
  std::string body;
  for (const auto& [name, value] : pairs) {
    fields.emplace_back(text::to_valid_utf8(name), text::to_valid_utf8(value));
    RC_PRE((fields.back().first + fields.back().second).find('\0') == std::string::npos);
    body += percent_encode(fields.back().first) + "=" + percent_encode(fields.back().second) + "&";
  }
  RC_ASSERT(*parse_form(body) == fields);
}

TEST(Target, TakesAddressesApart) {
  const auto target = parse_target("http://Example.org:81/a%20b?x=1");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->authority, "Example.org:81");
  EXPECT_EQ(target->path, "/a b");
  EXPECT_EQ(target->parameters, (FormFields{{"x", "1"}}));
  EXPECT_EQ(parse_target("https://h")->path, "/");
  EXPECT_EQ(parse_target("//evil.example/x")->path, "//evil.example/x");
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
  for (const char* wrong : {"", "a", "?x", "http://", "http:///x", "ftp://h/x", "/\x01", "/%7f"}) {
    EXPECT_FALSE(parse_target(wrong)) << wrong;
  }
}

TEST(Authority, IsNameOrAddressWithPort) {
  EXPECT_EQ(parse_authority("LocalHost:8080"), (Authority{"localhost", 8080, false}));
  EXPECT_EQ(parse_authority("localhost."), (Authority{"localhost", std::nullopt, false}));
  EXPECT_EQ(parse_authority("1.2.3.4:"), (Authority{"1.2.3.4", std::nullopt, true}));
  EXPECT_EQ(parse_authority("[FE80::1]:1"), (Authority{"fe80::1", 1, true}));
  EXPECT_FALSE(parse_authority("1.2.3.4.5")->is_ip_address);
  for (const char* wrong : {"", ":80", "a b", "a:b", "a:65536", "a:-1", "a:1:2", "[::1", "[::1]x",
                            "[1.2.3.4]", "[]", "::1", "a@b", "a/b", "é", "a,b"}) {
    EXPECT_FALSE(parse_authority(wrong)) << wrong;
  }
}

Request request_with(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(Admission, KnowsItsNames) {
  const Admission admission({"IDI.example.org"}, false);
  for (const char* own : {"localhost", "LOCALHOST:1", "127.0.0.1", "192.168.1.20:8080",
                          "[::1]:8080", "idi.example.org", "Idi.Example.ORG.:80"}) {
    EXPECT_FALSE(admission.check_host(request_with({{"host", own}}), "")) << own;
  }
  for (const char* foreign : {"example.org", "localhost.example.org", "xlocalhost",
                              "127.0.0.1.nip.io", "sub.idi.example.org", "127.1"}) {
    const auto refusal = admission.check_host(request_with({{"host", foreign}}), "");
    ASSERT_TRUE(refusal) << foreign;
    EXPECT_EQ(refusal->status, 421) << foreign;
  }
  EXPECT_EQ(admission.check_host(request_with({}), "")->status, 400);
  EXPECT_EQ(admission.check_host(request_with({{"host", "localhost"}}), "other")->status, 400);
  EXPECT_FALSE(admission.check_host(request_with({{"host", "localhost"}}), "LOCALHOST"));
}

TEST(Admission, OwnNamesAreThisMachines) {
  for (const std::string& name : own_host_names()) {
    EXPECT_FALSE(Admission(own_host_names(), false).check_host(request_with({{"host", name}}), ""));
  }
}

TEST(Admission, OriginsAreComparedWhole) {
  const Admission plain({"h"}, false);
  const auto allowed = [](const Admission& admission, const char* host, const char* origin) {
    return !admission.check_origin(request_with({{"host", host}, {"origin", origin}}));
  };
  EXPECT_TRUE(allowed(plain, "h:8080", "http://h:8080"));
  EXPECT_TRUE(allowed(plain, "h", "http://H:80"));
  EXPECT_TRUE(allowed(plain, "[::1]:80", "http://[::1]"));
  EXPECT_TRUE(allowed(Admission({"h"}, true), "h", "https://h:443"));
  EXPECT_FALSE(allowed(Admission({"h"}, true), "h", "http://h"));
  for (const char* foreign : {"", "null", "http://h", "http://h:81", "https://h:8080",
                              "http://x:8080", "http://h:8080.example.org", "http://h:8080/",
                              "http://h:8080@x", "h:8080", "HTTP://h:8080", "file://"}) {
    EXPECT_FALSE(allowed(plain, "h:8080", foreign)) << foreign;
  }
  EXPECT_TRUE(plain.check_origin(
      request_with({{"host", "h"}, {"origin", "http://h"}, {"origin", "http://x"}})));
  EXPECT_FALSE(plain.check_origin(request_with({{"host", "h"}})));
}

TEST(ErrorResponse, IsTheProtocolsReply) {
  const Response response =
      error_response({ErrorCode::sql_rejected, "No \"x\"\n\xFF", "Back\\slash", "near line 1"});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(
      response.body,
      "{\"success\":false,\"error\":{\"code\":\"sql_rejected\",\"message\":\"No "
      "\\\"x\\\"\\u000a\xEF\xBF\xBD\",\"hint\":\"Back\\\\slash\",\"detail\":\"near line 1\"}}");
  EXPECT_EQ(error_response({ErrorCode::timeout, "m", "", ""}).body,
            R"({"success":false,"error":{"code":"timeout","message":"m"}})");
}

TEST(ErrorResponse, EveryCodeHasItsStatus) {
  EXPECT_EQ(status_of(ErrorCode::invalid_argument), 400);
  EXPECT_EQ(status_of(ErrorCode::refused), 403);
  EXPECT_EQ(status_of(ErrorCode::not_found), 404);
  EXPECT_EQ(status_of(ErrorCode::conflict), 409);
  EXPECT_EQ(status_of(ErrorCode::limit_exceeded), 429);
  EXPECT_EQ(status_of(ErrorCode::sql_rejected), 422);
  EXPECT_EQ(status_of(ErrorCode::unanswerable), 422);
  EXPECT_EQ(status_of(ErrorCode::cancelled), 499);
  EXPECT_EQ(status_of(ErrorCode::internal), 500);
  EXPECT_EQ(status_of(ErrorCode::io_failed), 500);
  EXPECT_EQ(status_of(ErrorCode::unreadable), 500);
  EXPECT_EQ(status_of(ErrorCode::wrong_version), 500);
  EXPECT_EQ(status_of(ErrorCode::not_supported), 501);
  EXPECT_EQ(status_of(ErrorCode::unavailable), 503);
  EXPECT_EQ(status_of(ErrorCode::timeout), 504);
}

}  // namespace
}  // namespace idi::http
