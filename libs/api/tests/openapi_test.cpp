// protocol/openapi.json against the real server: what it lists answers, and nothing else does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>

#include "idi/core/text.hpp"
#include "message_schema.hpp"
#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

std::string filled(std::string path, const std::string& session, const std::string& turn) {
  const auto put = [&](const std::string& place, const std::string& value) {
    if (const auto at = path.find(place); at != std::string::npos) {
      path.replace(at, place.size(), value);
    }
  };
  put("{session_id}", session);
  put("{turn_id}", turn);
  return path;
}

const json::object& paths() {
  static const json::value file = json::parse(whole_file("protocol/openapi.json"));
  return file.at("paths").as_object();
}

std::set<std::string> methods_of(const json::value& path) {
  std::set<std::string> methods;
  for (const auto& method : path.as_object()) {
    std::string name(method.key());
    for (auto& c : name) c = static_cast<char>(c - 'a' + 'A');
    methods.insert(name);
  }
  return methods;
}

TEST(OpenApi, WhatIsListedAnswersAndNothingElseDoes) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto answer = shop.run_sql(session, "SELECT name, age FROM customer");
  const auto turn = std::to_string(number_of(answer, "turn_id"));
  for (const auto& path : paths()) {
    const auto listed = methods_of(path.value());
    const std::string address = filled(std::string(path.key()), session, turn);
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      if (method == "DELETE" && listed.contains(method)) continue;  // at the end
      const auto reply = ask(shop.port(), method, address);
      if (listed.contains(method)) {
        EXPECT_NE(reply.status, 404) << method << " " << address;
        EXPECT_NE(reply.status, 405) << method << " " << address;
        EXPECT_LT(reply.status, 500) << method << " " << address;
      } else {
        EXPECT_EQ(reply.status, 405) << method << " " << address;
        EXPECT_EQ(reply.error_code(), "invalid_argument");
        std::set<std::string> allowed;
        for (const auto& item : text::split(reply.header("allow"), ',')) {
          allowed.emplace(text::trim(item));
        }
        EXPECT_EQ(allowed, listed) << address;
      }
    }
  }
  EXPECT_EQ(ask(shop.port(), "DELETE", "/api/sessions/" + session).status, 204);
}

TEST(OpenApi, WhatItPromisesIsWhatComes) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto answer = shop.run_sql(session, "SELECT name, age FROM customer");
  const auto turn = std::to_string(number_of(answer, "turn_id"));
  int checked = 0;
  for (const auto& path : paths()) {
    if (!path.value().as_object().contains("get")) continue;
    const auto& response = path.value().at("get").at("responses").at("200").as_object();
    if (!response.contains("content")) continue;
    const auto& content = response.at("content").as_object();
    if (content.size() != 1) continue;
    const std::string reference(content.begin()->value().at("schema").at("$ref").as_string());
    const auto reply = shop.get(filled(std::string(path.key()), session, turn));
    EXPECT_EQ(reply.status, 200) << path.key();
    static_cast<void>(reply.as(reference.substr(reference.rfind('/') + 1)));
    ++checked;
  }
  EXPECT_GE(checked, 5);
}

TEST(OpenApi, UnknownAddressesAreNotFound) {
  ServedShop shop({}, {{"/index.html", "text/html", "<p>page", "", "", "\"1\"", false}});
  for (const std::string address : {"/api", "/api/", "/api/healt", "/api/health/", "/api/sessions/",
                                    "/api/sessions//turns", "/ws", "/ws/query/x", "/api/../api"}) {
    const auto reply = shop.get(address);
    EXPECT_EQ(reply.status, 404) << address;
    EXPECT_EQ(reply.error_code(), "not_found") << address;
  }
  EXPECT_EQ(shop.get("/").body, "<p>page");
  EXPECT_EQ(shop.get("/s/s_abc").body, "<p>page");
  EXPECT_EQ(shop.get("/missing.js").status, 404);
  const auto head = ask(shop.port(), "HEAD", "/");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("content-length"), "7");
  const auto posted = ask(shop.port(), "POST", "/");
  EXPECT_EQ(posted.status, 405);
  EXPECT_EQ(posted.header("allow"), "GET, HEAD");
}

}  // namespace
}  // namespace idi::api::testing
