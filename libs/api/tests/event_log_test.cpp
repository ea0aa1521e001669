#include "query/event_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <thread>

#include "query/event_logs.hpp"
#include "query/job.hpp"
#include "query/protocol.hpp"

namespace idi::api {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class RecordingSocket final : public http::Socket {
 public:
  bool send(std::string text) override {
    texts.push_back(std::move(text));
    return true;
  }
  void close(std::uint16_t code, std::string_view) override { closed_with = code; }
  std::vector<std::string> types() const {
    std::vector<std::string> all;
    for (const auto& text : texts) {
      all.emplace_back(json::parse(text).as_object().at("type").as_string());
    }
    return all;
  }
  std::int64_t seq(std::size_t index) const {
    return json::parse(texts.at(index)).as_object().at("seq").as_int64();
  }
  std::vector<std::string> texts;
  int closed_with = 0;
};

class EventLogTest : public ::testing::Test {
 protected:
  std::shared_ptr<EventLog> log_ = std::make_shared<EventLog>("s_1", EventLogLimits{20, 4'000, 2});

  void ask(std::int64_t turn) {
    ASSERT_TRUE(log_->claim(std::make_shared<Job>()));
    log_->start(turn, [&](std::int64_t seq) {
      return started_text({seq, turn}, {"how many?", "", ""});
    });
  }
  void progress(std::int64_t turn, double percent) {
    log_->add(EventKind::progress, turn, 0, [&](std::int64_t seq) {
      return progress_text({seq, turn}, {engine::Phase::generating, percent, ""}, 1);
    });
  }
  void token(std::int64_t turn, std::size_t position) {
    log_->add(EventKind::token, turn, position, [&](std::int64_t seq) {
      return token_text({seq, turn}, {std::to_string(position), position});
    });
  }
  void end(std::int64_t turn, const Error& error = make_error(ErrorCode::timeout, "late")) {
    log_->end(turn, [&](std::int64_t seq) { return error_text({seq, turn}, error); });
  }
  std::shared_ptr<RecordingSocket> watch(std::optional<std::int64_t> after = {}) {
    auto socket = std::make_shared<RecordingSocket>();
    EXPECT_TRUE(log_->watch(socket, after));
    return socket;
  }
};

TEST_F(EventLogTest, EachWatcherSeesAllInOrder) {
  const auto first = watch();
  ask(1);
  const auto second = watch();
  progress(1, 20);
  end(1);
  EXPECT_THAT(first->types(), ElementsAre("hello", "started", "progress", "error"));
  EXPECT_THAT(second->types(), ElementsAre("hello", "started", "progress", "error"));
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(first->seq(i), second->seq(i));
  for (std::size_t i = 1; i < 4; ++i) EXPECT_LT(first->seq(i - 1), first->seq(i));
}

TEST_F(EventLogTest, WhoComesBackGetsWhatWasMissed) {
  const auto first = watch();
  ask(1);
  progress(1, 20);
  const std::int64_t seen = first->seq(1);
  EXPECT_THAT(watch(seen)->types(), ElementsAre("hello", "progress"));
  end(1);
  log_->tidy(Steady::time_point{});
  EventLog fresh("s_2", {});
  EXPECT_THAT(log_->resume_seq(), first->seq(3));
}

TEST_F(EventLogTest, TheEndOfATurnWaitsForThoseWhoComeBack) {
  const auto first = watch();
  ask(1);
  progress(1, 20);
  const std::int64_t seen = first->seq(1);
  first->texts.clear();
  end(1);
  ask(2);
  end(2);
  const auto socket = std::make_shared<RecordingSocket>();
  ASSERT_TRUE(log_->watch(socket, seen));
  EXPECT_THAT(socket->types(), ElementsAre("hello", "error", "started", "error"));
}

TEST_F(EventLogTest, WithoutANumberOnlyTheRunningTurnIsTold) {
  ask(1);
  end(1);
  ask(2);
  progress(2, 30);
  const auto socket = watch();
  EXPECT_THAT(socket->types(), ElementsAre("hello", "started", "progress"));
  EXPECT_EQ(json::parse(socket->texts[0]).as_object().at("running_turn").as_int64(), 2);
  const auto from_another_time = watch(INT64_MAX);
  EXPECT_THAT(from_another_time->types(), ElementsAre("hello", "started", "progress"));
}

TEST_F(EventLogTest, WhoKnowsTheConversationIsToldTheRunningTurnWhole) {
  ask(1);
  end(1);
  ask(2);
  progress(2, 30);
  EXPECT_THAT(watch(log_->resume_seq())->types(), ElementsAre("hello", "started", "progress"));
}

TEST_F(EventLogTest, IsBoundedAndKeepsTheDraftRight) {
  ask(1);
  for (int i = 0; i < 100; ++i) {
    progress(1, i);
    for (std::size_t position = 0; position < 6; ++position) token(1, position);
  }
  const auto socket = watch();
  EXPECT_LE(socket->texts.size(), 21U);
  EXPECT_EQ(socket->types().at(1), "started");
  std::vector<std::string> draft;
  for (const auto& text : socket->texts) {
    const auto message = json::parse(text).as_object();
    if (message.at("type") != "token") continue;
    const auto position = static_cast<std::size_t>(message.at("position").as_int64());
    ASSERT_LE(position, draft.size());
    draft.resize(position);
    draft.emplace_back(message.at("text").as_string());
  }
  EXPECT_THAT(draft, ElementsAre("0", "1", "2", "3", "4", "5"));
}

TEST_F(EventLogTest, EndedTurnsAreForgottenTheLastOneLast) {
  const auto long_error = make_error(ErrorCode::timeout, std::string(1'500, 'x'));
  for (std::int64_t turn = 1; turn <= 5; ++turn) {
    ask(turn);
    end(turn, long_error);
  }
  EXPECT_THAT(watch(0)->texts, SizeIs(5));  // hello, two turns
  EXPECT_GT(log_->tidy(Steady::time_point{}), 0U);
  EXPECT_EQ(log_->tidy(Steady::now()), 0U);
  EXPECT_THAT(watch(0)->types(), ElementsAre("hello"));
}

TEST_F(EventLogTest, OneQuestionAtATime) {
  ask(1);
  EXPECT_FALSE(log_->claim(std::make_shared<Job>()));
  end(1);
  EXPECT_TRUE(log_->claim(std::make_shared<Job>()));
  log_->release();
  EXPECT_EQ(log_->current(), nullptr);
}

TEST_F(EventLogTest, TakesSoManyWatchersAndForgetsThoseThatLeft) {
  const auto first = log_->watch(std::make_shared<RecordingSocket>(), {});
  const auto second = log_->watch(std::make_shared<RecordingSocket>(), {});
  const auto third = log_->watch(std::make_shared<RecordingSocket>(), {});
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, ErrorCode::limit_exceeded);
  (*first)->gone = true;
  const auto socket = std::make_shared<RecordingSocket>();
  EXPECT_TRUE(log_->watch(socket, {}));
  log_->dismiss(4004, "deleted");
  EXPECT_EQ(socket->closed_with, 4004);
}

TEST_F(EventLogTest, NumbersAscendOverALogThatWasDropped) {
  ask(1);
  end(1);
  const std::int64_t before = log_->resume_seq();
  // Two events a microsecond are more than a log ever takes for long.
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_GT(EventLog("s_1", {}).resume_seq(), before);
}

TEST(EventLogsTest, DropsWhatNobodyUses) {
  EventLogsLimits limits;
  limits.keep_ended = std::chrono::milliseconds(0);
  limits.tidy_every = std::chrono::hours(1);
  EventLogs logs(limits);
  auto held = logs.open("a");
  EXPECT_EQ(logs.open("a"), held);
  static_cast<void>(logs.open("b"));
  logs.tidy();
  EXPECT_EQ(logs.count(), 1U);
  EXPECT_EQ(logs.find("b"), nullptr);
  held->end(1, [](std::int64_t seq) { return cancelled_text({seq, 1}, 1); });
  held.reset();
  logs.tidy();
  EXPECT_EQ(logs.count(), 0U);
}

TEST(EventLogsTest, AllTogetherAreBounded) {
  EventLogsLimits limits;
  limits.max_ended_bytes = 2'500;
  limits.tidy_every = std::chrono::hours(1);
  EventLogs logs(limits);
  for (const std::string id : {"a", "b", "c", "d"}) {
    logs.open(id)->end(1, [](std::int64_t) { return std::string(1'000, 'x'); });
  }
  logs.tidy();
  EXPECT_EQ(logs.find("a"), nullptr);
  EXPECT_EQ(logs.find("b"), nullptr);
  EXPECT_NE(logs.find("c"), nullptr);
  EXPECT_NE(logs.find("d"), nullptr);
}

}  // namespace
}  // namespace idi::api
