// An open store for a test, and short ways to fill it and to ask it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "scratch_store.hpp"

namespace idi::session {

class Store : public testing::Test {
 protected:
  void reopen() {
    store_.reset();
    store_ = open_store(folder_.file());
  }
  Session made(const std::string& name = {}, const std::vector<std::string>& tags = {}) {
    SessionChange given;
    given.name = name;
    given.tags = tags;
    auto session = store_->create(given, "music");
    if (!session) throw std::runtime_error(session.error().to_text());
    return *session;
  }
  Turn begun(const std::string& session_id, const std::string& question) {
    auto turn = store_->begin_turn(session_id, {question, {}, false});
    if (!turn) throw std::runtime_error(turn.error().to_text());
    return *turn;
  }
  std::vector<std::string> found(const SessionQuery& query) {
    auto page = store_->list(query);
    if (!page) throw std::runtime_error(page.error().to_text());
    std::vector<std::string> names;
    for (const Session& session : page->sessions) names.push_back(session.name);
    if (query.offset == 0 && query.limit >= 50) {
      EXPECT_EQ(page->total, static_cast<std::int64_t>(names.size()));
    }
    return names;
  }
  std::vector<std::string> search(const std::string& words) {
    SessionQuery query;
    query.search = words;
    return found(query);
  }

  ScratchFolder folder_;
  std::unique_ptr<SessionStore> store_ = open_store(folder_.file());
};

}  // namespace idi::session
