// Model servers that are slow, broken, lying or gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "fake_model_server.hpp"
#include "idi/core/text.hpp"
#include "server_connection.hpp"

namespace idi::llm {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr milliseconds promptly{2'000};
constexpr milliseconds long_time{20'000};

/// What completing ends with, where llama-server's /completion does as the script says.
Error failure(Script script, CompletionRequest request = asking()) {
  ScriptedServer server(llama_server(std::move(script)));
  const auto model = open(server);
  auto completions = model->complete(request);
  EXPECT_FALSE(completions);
  return completions ? Error{} : completions.error();
}

TEST(Misbehaviour, ASlowFirstTokenIsWaitedFor) {
  ScriptedServer server(llama_server([](Visit& visit) {
    begin_events(visit);
    visit.pause(milliseconds{300});
    visit.send(": ping\n\n");
    visit.pause(milliseconds{300});
    visit.send(llama_piece("late", 1) + llama_end(1));
  }));
  const auto completions = open(server)->complete(asking());
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_EQ(completions->candidates.at(0).text, "late");
  EXPECT_GE(completions->timings.first_text_ms, 600);
}

TEST(Misbehaviour, CutOffInsideAToken) {
  const auto error = failure([](Visit& visit) {
    begin_events(visit);
    const std::string piece = llama_piece("select", 1);
    visit.send(llama_piece("a", 1) + piece.substr(0, piece.size() / 2));
  });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_THAT(error.message, HasSubstr("broke off"));
}

TEST(Misbehaviour, AnEndWithoutAnAnswerIsNone) {
  EXPECT_EQ(failure([](Visit& visit) { begin_events(visit); }).code, ErrorCode::internal);
}

TEST(Misbehaviour, DiesInTheMiddle) {
  std::atomic<int> tries{0};
  const auto error = failure([&](Visit& visit) {
    ++tries;
    begin_events(visit);
    visit.send(llama_piece("a", 1));
    visit.reset();
  });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(tries, 1) << "what has begun is not begun again";
}

TEST(Misbehaviour, DiesUnderLoadAndComesBack) {
  std::atomic<int> tries{0};
  ScriptedServer server(llama_server([&](Visit& visit) {
    if (++tries <= 2) {
      visit.reset();
      return;
    }
    begin_events(visit);
    visit.send(llama_piece("back", 1) + llama_end(1));
  }));
  const auto completions = open(server)->complete(asking());
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_EQ(completions->candidates.at(0).text, "back");
  EXPECT_EQ(tries, 3);
}

TEST(Misbehaviour, DiesAgainAndAgain) {
  std::atomic<int> tries{0};
  const auto error = failure([&](Visit& visit) {
    ++tries;
    visit.reset();
  });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  // curl tries a connection that was kept open once more on a new one.
  EXPECT_THAT(tries, ::testing::AllOf(::testing::Ge(max_attempts_without_connection),
                                      ::testing::Le(max_attempts_without_connection + 1)));
}

TEST(Misbehaviour, InvalidUtf8IsReplacedAndACharacterInPartsIsJoined) {
  std::string heard;
  ScriptedServer server(llama_server([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("a\xFF", 1) + llama_piece("\xE5\x8D", 2) + llama_piece("\xA2", 3) +
               llama_piece("b\xF0\x9F", 4) + llama_end(4));
  }));
  auto request = asking();
  request.on_text = [&](std::string_view text) {
    EXPECT_TRUE(text::is_valid_utf8(text));
    heard += text;
  };
  const auto completions = open(server)->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_EQ(completions->candidates.at(0).text, "a\uFFFD卢b\uFFFD\uFFFD");
  EXPECT_EQ(heard, completions->candidates.at(0).text);
}

TEST(Misbehaviour, EndlessTextEnds) {
  for (const bool counts : {true, false}) {
    const auto error = failure([&](Visit& visit) {
      begin_events(visit);
      for (int i = 1; visit.send(llama_piece("x", counts ? i : 0)); ++i) {
      }
    });
    EXPECT_EQ(error.code, ErrorCode::limit_exceeded);
    EXPECT_THAT(error.message, HasSubstr("did not stop"));
  }
}

TEST(Misbehaviour, AnEndlessEventEnds) {
  const auto error = failure([](Visit& visit) {
    begin_events(visit);
    visit.send("data: ");
    while (visit.send(std::string(100'000, 'x'))) {
    }
  });
  EXPECT_EQ(error.code, ErrorCode::limit_exceeded);
}

TEST(Misbehaviour, HeadersWithoutEnd) {
  auto request = asking();
  const auto error = failure(
      [](Visit& visit) {
        visit.send("HTTP/1.1 200 OK\r\n");
        while (visit.send("X-More: more and more and more\r\n")) {
        }
      },
      request);
  EXPECT_THAT(error.code, ::testing::AnyOf(ErrorCode::limit_exceeded, ErrorCode::unavailable));
}

TEST(Misbehaviour, AWebPageIsNoAnswer) {
  const auto error = failure([](Visit& visit) {
    visit.reply(200, "text/html", "<html><title>Log in to the hotel's network</title></html>");
  });
  EXPECT_EQ(error.code, ErrorCode::internal);
  EXPECT_THAT(error.message, HasSubstr("text/html"));
  EXPECT_THAT(error.detail, HasSubstr("hotel"));
}

TEST(Misbehaviour, AnEndlessWebPageIsNone) {
  const auto error = failure([](Visit& visit) {
    visit.begin(200, "text/html");
    while (visit.send(std::string(10'000, '<'))) {
    }
  });
  EXPECT_EQ(error.code, ErrorCode::internal);
  EXPECT_LT(error.detail.size(), 1'000U);
}

TEST(Misbehaviour, EventsThatMakeNoSense) {
  for (const char* data : {"no json", "[]", "{}", "7", "{\"content\":", "{\"index\":1}"}) {
    const auto error = failure([&](Visit& visit) {
      begin_events(visit);
      visit.send(sse(data));
    });
    EXPECT_EQ(error.code, ErrorCode::internal) << data;
  }
  const auto strange = failure([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("x", 1, 7));
  });
  EXPECT_EQ(strange.code, ErrorCode::internal) << "a candidate that nobody asked for";
}

TEST(Misbehaviour, AnErrorInTheMiddleHasTheServersWords) {
  const auto error = failure([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("x", 1) +
               sse(R"({"error":{"code":500,"message":"Compute error.","type":"server_error"}})"));
  });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.detail, "Compute error.");
}

TEST(Misbehaviour, StatusesAreErrorsInTheServersWords) {
  const auto error = [](int status, std::string body) {
    return failure([=](Visit& visit) { visit.reply(status, "application/json", body); });
  };
  EXPECT_EQ(error(500, "oh no").code, ErrorCode::unavailable);
  EXPECT_EQ(error(500, "oh no").detail, "oh no");
  const auto grammar =
      error(400, R"({"error":{"code":400,"message":"failed to parse grammar","type":"x"}})");
  EXPECT_EQ(grammar.code, ErrorCode::invalid_argument);
  EXPECT_EQ(grammar.detail, "failed to parse grammar");
  const auto length =
      error(400, R"({"error":{"code":400,"message":"request (4002 tokens) exceeds","n_ctx":1024,)"
                 R"("type":"exceed_context_size_error","n_prompt_tokens":4002}})");
  EXPECT_EQ(length.code, ErrorCode::limit_exceeded);
  EXPECT_EQ(length.message, "the prompt has 4002 tokens, the model's context 1024");
  EXPECT_EQ(error(401, R"({"error":{"message":"Invalid API Key","code":401}})").code,
            ErrorCode::refused);
}

TEST(Misbehaviour, NeverReadyEndsWithTheDeadlineAndItsReason) {
  std::atomic<int> tries{0};
  auto request = asking();
  request.deadline = Deadline::after(milliseconds{600});
  const auto error = failure(
      [&](Visit& visit) {
        ++tries;
        visit.reply(
            503, "application/json",
            R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})");
      },
      request);
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.detail, "Loading model");
  EXPECT_GE(tries, 2);
}

TEST(Misbehaviour, ReadyAfterAWhile) {
  std::atomic<int> tries{0};
  ScriptedServer server([&](Visit& visit) {
    if (++tries <= 2) {
      visit.reply(503, "application/json", R"({"error":{"message":"Loading model","code":503}})");
      return;
    }
    llama_server([](Visit&) {})(visit);
  });
  EXPECT_EQ(open(server)->capabilities().context_tokens, 512);
}

TEST(Misbehaviour, NeverAnsweringEndsWithTheDeadline) {
  auto request = asking();
  request.deadline = Deadline::after(milliseconds{200});
  const auto begin = steady_clock::now();
  const auto error = failure([](Visit& visit) { visit.pause(long_time); }, request);
  EXPECT_EQ(error.code, ErrorCode::timeout);
  EXPECT_LT(steady_clock::now() - begin, promptly);
}

TEST(Misbehaviour, AStopEndsTheCallAndTheConnection) {
  std::promise<bool> left;
  std::stop_source source;
  auto request = asking();
  request.stop = source.get_token();
  request.on_text = [&](std::string_view) { source.request_stop(); };
  const auto begin = steady_clock::now();
  const auto error = failure(
      [&](Visit& visit) {
        begin_events(visit);
        visit.send(llama_piece("x", 1));
        left.set_value(visit.client_left(long_time));
      },
      request);
  EXPECT_EQ(error.code, ErrorCode::cancelled);
  EXPECT_TRUE(left.get_future().get());
  EXPECT_LT(steady_clock::now() - begin, promptly);
}

TEST(Misbehaviour, AStopEndsTheWaitForAServerThatIsNotReady) {
  std::stop_source source;
  auto request = asking();
  request.deadline = Deadline::never();
  request.stop = source.get_token();
  std::thread stopper([&] {
    std::this_thread::sleep_for(milliseconds{300});
    source.request_stop();
  });
  const auto begin = steady_clock::now();
  const auto error = failure([](Visit& visit) { visit.reply(503, "a/b", "later"); }, request);
  stopper.join();
  EXPECT_EQ(error.code, ErrorCode::cancelled);
  EXPECT_LT(steady_clock::now() - begin, promptly);
}

TEST(Misbehaviour, AnAnswerIsTakenThoughTheConnectionStaysOpen) {
  ScriptedServer server(llama_server([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("x", 1) + llama_end(1));
    visit.pause(long_time);
  }));
  auto request = asking();
  request.deadline = Deadline::after(milliseconds{300});
  const auto completions = open(server)->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_EQ(completions->candidates.at(0).text, "x");
}

Error opening_failure(const std::string& url, std::string key = {}) {
  Endpoint endpoint;
  endpoint.url = url;
  endpoint.api_key = std::move(key);
  const auto model = open_language_model(endpoint, Deadline::after(long_time), {});
  EXPECT_FALSE(model);
  return model ? Error{} : model.error();
}

TEST(Opening, AWrongKeyIsRefusedAndNotShown) {
  ScriptedServer server([](Visit& visit) {
    visit.reply(401, "application/json",
                R"({"error":{"message":"Invalid API Key","type":"authentication_error"}})");
  });
  const auto error = opening_failure(server.url(), "very-secret");
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_THAT(error.to_text(), Not(HasSubstr("very-secret")));
  const auto no_header = opening_failure(server.url(), "two\r\nlines");
  EXPECT_EQ(no_header.code, ErrorCode::invalid_argument);
  EXPECT_THAT(no_header.to_text(), Not(HasSubstr("lines\"")));
}

TEST(Opening, SomethingElseBehindTheAddress) {
  ScriptedServer page([](Visit& visit) { visit.reply(200, "text/html", "<html>hello</html>"); });
  EXPECT_EQ(opening_failure(page.url()).code, ErrorCode::internal);
  ScriptedServer other([](Visit& visit) { visit.reply(200, "application/json", "{\"a\":1}"); });
  EXPECT_EQ(opening_failure(other.url()).code, ErrorCode::internal);
  EXPECT_EQ(opening_failure("nonsense").code, ErrorCode::invalid_argument);
  const auto nobody =
      opening_failure("http://127.0.0.1:" + std::to_string(http_client::testing::unused_port()));
  EXPECT_EQ(nobody.code, ErrorCode::unavailable);
}

TEST(Opening, AListOfAdaptersThatMakesNoSense) {
  for (const char* list : {"{}", "[7]", "[{\"id\":1,\"path\":\"a\"}]", "no json", "[],\"x\":[]}"}) {
    ScriptedServer server(llama_server([](Visit&) {}, list));
    EXPECT_EQ(opening_failure(server.url()).code, ErrorCode::internal) << list;
  }
}

}  // namespace
}  // namespace idi::llm
