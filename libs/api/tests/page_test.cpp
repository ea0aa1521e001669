#include "page.hpp"

#include <gtest/gtest.h>

#include <string>

namespace idi::api {
namespace {

class PageTest : public ::testing::Test {
 protected:
  Page page_{{
      {"/index.html", "text/html", "<p>page", "gzip page", "br page", "\"i1\"", false},
      {"/assets/app-3f2a.js", "text/javascript", "let plain;", "gz", "", "\"a1\"", true},
  }};

  http::Response get(std::string path,
                     std::vector<std::pair<std::string, std::string>> headers = {}) {
    http::Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers = std::move(headers);
    return page_.respond(request);
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }
};

TEST_F(PageTest, AddressesOfThePageItselfAreTheIndex) {
  for (const std::string path : {"/", "/index.html", "/s/s_abc", "/settings"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body, "<p>page");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  }
  EXPECT_EQ(get("/missing.js").status, 404);
  EXPECT_EQ(get("/../secret.txt").status, 404);
}

TEST_F(PageTest, TheSmallestAcceptedFormIsSent) {
  const auto form = [&](const std::string& accepted) {
    return get("/", {{"accept-encoding", accepted}}).body;
  };
  EXPECT_EQ(form("gzip, deflate, br"), "br page");
  EXPECT_EQ(form("gzip"), "gzip page");
  EXPECT_EQ(form("br;q=0, gzip"), "gzip page");
  EXPECT_EQ(form("br;q=0.000, gzip;q=0"), "<p>page");
  EXPECT_EQ(form("*"), "br page");
  EXPECT_EQ(form("identity"), "<p>page");
  EXPECT_EQ(form("BR;q=0.5"), "br page");
  EXPECT_EQ(header(get("/", {{"accept-encoding", "br"}}), "Content-Encoding"), "br");
  EXPECT_EQ(get("/assets/app-3f2a.js", {{"accept-encoding", "br"}}).body, "let plain;");
}

TEST_F(PageTest, WhatTheClientHasIsNotSentAgain) {
  const auto first = get("/assets/app-3f2a.js", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(header(first, "Cache-Control"), "public, max-age=31536000, immutable");
  const std::string tag = header(first, "ETag");
  const auto again = get("/assets/app-3f2a.js",
                         {{"accept-encoding", "gzip"}, {"if-none-match", "\"x\", W/" + tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(header(again, "ETag"), tag);
  // Another form is another file.
  EXPECT_EQ(get("/assets/app-3f2a.js", {{"if-none-match", tag}}).status, 200);
}

}  // namespace
}  // namespace idi::api
