// Downloads from servers that behave badly. The file is a real model of a megabyte; the server is a
// real one on loopback; the folder must never hold a model that is not the right one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "folder_store.hpp"
#include "idi/http_client/testing/scripted_server.hpp"
#include "sha256.hpp"
#include "small_models.hpp"

namespace idi::model_store {
namespace {

using http_client::testing::ScriptedServer;
using http_client::testing::Visit;
using testing::content_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ScratchFolder;
using testing::small_model;

constexpr std::uint64_t numbers = 256 << 10;

class PullTest : public ::testing::Test {
 protected:
  PullTest() {
    Patience patience;
    patience.first_pause = std::chrono::milliseconds(2);
    patience.fruitless_tries = 3;
    patience.silence_timeout_ms = 400;
    store = std::move(
        *open_folder_store(folder.path() / "models", http_client::HttpClient::make(), patience));
  }

  CatalogueEntry entry(const ScriptedServer& server) const {
    return *entry_for_url(server.url("/small.gguf"), "small");
  }

  Result<Profile> pull(const ScriptedServer& server, std::stop_token stop = {}) {
    return store->pull(entry(server), {}, stop);
  }

  /// The whole, or from the byte that Range names.
  static void serve(Visit& visit, const std::string& file, const std::string& tag,
                    const std::string& more = {}) {
    const std::string range = visit.header("range");
    const std::string if_range = visit.header("if-range");
    std::string headers = tag.empty() ? more : "ETag: " + tag + "\r\n" + more;
    if (range.empty() || (!if_range.empty() && if_range != tag)) {
      visit.reply(200, "application/octet-stream", file, headers);
      return;
    }
    const auto first = static_cast<std::size_t>(std::stoll(range.substr(6)));
    headers += "Content-Range: bytes " + std::to_string(first) + "-" +
               std::to_string(file.size() - 1) + "/" + std::to_string(file.size()) + "\r\n";
    visit.reply(206, "application/octet-stream", file.substr(first), headers);
  }

  /// A response that announces the whole file and ends after `count` bytes.
  static void break_off(Visit& visit, const std::string& file, const std::string& tag,
                        std::size_t count) {
    visit.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(file.size()) + "\r\n" +
               (tag.empty() ? "" : "ETag: " + tag + "\r\n") + "\r\n");
    visit.send(std::string_view(file).substr(0, count));
    visit.close();
  }

  [[nodiscard]] bool holds_nothing() const {
    return std::filesystem::is_empty(folder.path() / "models");
  }

  void expect_pulled(const Result<Profile>& profile, const std::string& content) {
    ASSERT_TRUE(profile) << profile.error().to_text();
    EXPECT_EQ(content_of(profile->file), content);
    EXPECT_EQ(profile->bytes, static_cast<std::int64_t>(content.size()));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "models/small.part"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "models/small.part.json"));
    EXPECT_TRUE(store->verify("small", {}, {}));
  }

  void expect_wrong_file(const Result<Profile>& profile, const std::string& words) {
    ASSERT_FALSE(profile);
    EXPECT_EQ(profile.error().code, ErrorCode::unreadable) << profile.error().to_text();
    EXPECT_THAT(profile.error().to_text(), HasSubstr(words));
    EXPECT_TRUE(holds_nothing());
  }

  std::string sha256_of_file() const {
    const ScratchFolder scratch;
    return *sha256_of(scratch.file("x", file), {}, {});
  }

  ScratchFolder folder;
  std::unique_ptr<ModelStore> store;
  const std::string file = small_model(numbers);
};

TEST_F(PullTest, FollowsAHubToWhereTheBytesLie) {
  const std::string hash = sha256_of_file();
  ScriptedServer server([&](Visit& visit) {
    if (visit.target == "/small.gguf") {
      visit.reply(302, "text/html", "<html>elsewhere</html>",
                  "Location: /cdn/blob?signature=1\r\nX-Linked-ETag: \"" + hash +
                      "\"\r\nX-Linked-Size: " + std::to_string(file.size()) + "\r\n");
    } else {
      serve(visit, file, "\"1\"");
    }
  });
  std::vector<DownloadProgress> told;
  const auto profile = store->pull(
      entry(server), [&](const DownloadProgress& progress) { told.push_back(progress); }, {});
  expect_pulled(profile, file);
  EXPECT_EQ(profile->sha256, hash);
  EXPECT_EQ(profile->source, server.url("/small.gguf"));
  EXPECT_EQ(profile->licence, "apache-2.0");
  EXPECT_EQ(profile->context_tokens, 512);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().received_bytes, static_cast<std::int64_t>(file.size()));
  EXPECT_EQ(told.back().total_bytes, static_cast<std::int64_t>(file.size()));
  // There already: nobody is asked again.
  const int requests = server.requests();
  expect_pulled(pull(server), file);
  EXPECT_EQ(server.requests(), requests);
}

TEST_F(PullTest, GoesOnWhereTheServerBrokeOff) {
  std::vector<std::string> ranges;
  ScriptedServer server([&](Visit& visit) {
    ranges.push_back(visit.header("range") + " " + visit.header("if-range"));
    if (ranges.size() == 1) return break_off(visit, file, "\"1\"", 300'000);
    if (ranges.size() == 2) return visit.reset();
    serve(visit, file, "\"1\"");
  });
  expect_pulled(pull(server), file);
  EXPECT_THAT(ranges, ElementsAre(" ", "bytes=300000- \"1\"", "bytes=300000- \"1\""));
}

TEST_F(PullTest, AServerWithoutRangesIsReadFromTheBeginning) {
  ScriptedServer server([&](Visit& visit) {
    if (visit.header("range").empty()) return break_off(visit, file, "\"1\"", 300'000);
    visit.reply(200, "application/octet-stream", file);
  });
  expect_pulled(pull(server), file);
}

TEST_F(PullTest, AFileThatChangedMeanwhileIsReadFromTheBeginning) {
  const std::string newer = small_model(numbers / 2);
  ScriptedServer server([&](Visit& visit) {
    if (visit.header("range").empty()) return break_off(visit, file, "\"1\"", 300'000);
    serve(visit, newer, "\"2\"");
  });
  expect_pulled(pull(server), newer);
}

TEST_F(PullTest, TheRestOfAnotherFileIsNotTaken) {
  // Knows Range and not If-Range: the tag shows that it is another file.
  const std::string newer = small_model(numbers / 2);
  int ranges = 0;
  ScriptedServer server([&](Visit& visit) {
    if (server.requests() == 1) return break_off(visit, file, "\"1\"", 300'000);
    ranges += visit.header("range").empty() ? 0 : 1;
    visit.headers.erase("if-range");
    serve(visit, newer, "\"2\"");
  });
  expect_pulled(pull(server), newer);
  EXPECT_EQ(ranges, 1);
}

TEST_F(PullTest, APartThatBeginsElsewhereIsNotTaken) {
  ScriptedServer server([&](Visit& visit) {
    if (server.requests() == 1) return break_off(visit, file, "\"1\"", 300'000);
    if (!visit.header("range").empty()) {
      return static_cast<void>(visit.reply(206, "a/b", file.substr(299'999),
                                           "ETag: \"1\"\r\nContent-Range: bytes 299999-" +
                                               std::to_string(file.size() - 1) + "/" +
                                               std::to_string(file.size()) + "\r\n"));
    }
    serve(visit, file, "\"1\"");
  });
  expect_pulled(pull(server), file);
}

TEST_F(PullTest, WithoutATagNothingIsGoneOnWith) {
  std::vector<std::string> ranges;
  ScriptedServer server([&](Visit& visit) {
    ranges.push_back(visit.header("range"));
    if (ranges.size() == 1) return break_off(visit, file, "", 300'000);
    serve(visit, file, "");
  });
  expect_pulled(pull(server), file);
  // Asked for the rest, the server gives it; nothing says that it is the same file's.
  EXPECT_THAT(ranges, ElementsAre("", "bytes=300000-", ""));
}

TEST_F(PullTest, ARangeThatIsNoneBeginsAgain) {
  folder.file("models/small.part", file + "and more");
  ScriptedServer server([&](Visit& visit) {
    if (!visit.header("range").empty()) return static_cast<void>(visit.reply(416, "a/b", ""));
    serve(visit, file, "\"1\"");
  });
  folder.file("models/small.part.json",
              R"({"url":")" + server.url("/small.gguf") + R"(","tag":"\"1\"","bytes":99999999})");
  expect_pulled(pull(server), file);
  EXPECT_EQ(server.requests(), 2);
}

TEST_F(PullTest, AServerThatAlwaysBreaksOffIsGivenUpAndWhatCameIsKept) {
  ScriptedServer server([&](Visit& visit) {
    if (visit.header("range").empty()) return break_off(visit, file, "\"1\"", 300'000);
    visit.reset();
  });
  const auto profile = pull(server);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code, ErrorCode::unavailable) << profile.error().to_text();
  EXPECT_THAT(profile.error().hint, HasSubstr("300 kB are kept"));
  const auto unfinished = store->unfinished();
  ASSERT_EQ(unfinished->size(), 1U);
  EXPECT_EQ((*unfinished)[0].name, "small");
  EXPECT_EQ((*unfinished)[0].received_bytes, 300'000);
  EXPECT_EQ((*unfinished)[0].total_bytes, static_cast<std::int64_t>(file.size()));
  EXPECT_TRUE(store->list()->empty());
  EXPECT_EQ(store->find("small").error().code, ErrorCode::not_found);
  EXPECT_TRUE(store->remove("small"));
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PullTest, StoppingKeepsThePartAndTheNextPullGoesOn) {
  std::stop_source source;
  std::vector<std::string> ranges;
  ScriptedServer server([&](Visit& visit) {
    ranges.push_back(visit.header("range"));
    if (ranges.size() > 1) return serve(visit, file, "\"1\"");
    visit.send("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: " + std::to_string(file.size()) +
               "\r\n\r\n");
    visit.send(std::string_view(file).substr(0, 500'000));
    visit.pause(std::chrono::milliseconds(100));
    source.request_stop();
    visit.client_left(std::chrono::seconds(5));
    visit.close();
  });
  const auto stopped = pull(server, source.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_THAT(stopped.error().hint, HasSubstr("500 kB are kept"));
  expect_pulled(pull(server), file);
  EXPECT_THAT(ranges, ElementsAre("", "bytes=500000-"));
}

TEST_F(PullTest, ASilentServerIsLeft) {
  ScriptedServer server([&](Visit& visit) {
    visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    visit.client_left(std::chrono::seconds(5));
    visit.close();
  });
  const auto profile = pull(server);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code, ErrorCode::timeout) << profile.error().to_text();
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PullTest, OtherThingsThanModelsAreNotKept) {
  std::string type = "text/html; charset=utf-8";
  std::string content = "<html>Sign in</html>";
  ScriptedServer server([&](Visit& visit) { visit.reply(200, type, content, "ETag: \"1\"\r\n"); });
  expect_wrong_file(pull(server), "a web page, not a model");
  type = "application/octet-stream";
  expect_wrong_file(pull(server), "no GGUF file");
  content = "GG";
  expect_wrong_file(pull(server), "no GGUF file");
  content = file.substr(0, file.size() - 1000);  // the server calls it complete
  expect_wrong_file(pull(server), "1000 bytes are missing");
  content = testing::small_embedder();
  EXPECT_EQ(pull(server).error().code, ErrorCode::not_supported);
  EXPECT_TRUE(holds_nothing());
  content = testing::part_of_split_model();
  EXPECT_EQ(pull(server).error().code, ErrorCode::not_supported);
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PullTest, AnotherModelThanTheOneNamedIsNotKept) {
  ScriptedServer server([&](Visit& visit) { serve(visit, file, "\"1\""); });
  CatalogueEntry named = entry(server);
  named.architecture = "qwen2";
  named.layers = 28;
  named.embedding_length = 1536;
  expect_wrong_file(store->pull(named, {}, {}), "another model than small: llama, 2 layers");
}

TEST_F(PullTest, AFileThatIsNotWhatWasAnnouncedIsNotKept) {
  std::string links = "X-Linked-ETag: \"" + std::string(64, 'a') + "\"\r\n";
  ScriptedServer server([&](Visit& visit) { serve(visit, file, "\"1\"", links); });
  expect_wrong_file(pull(server), "not the file that the server announced");
  links = "X-Linked-Size: 77\r\n";
  expect_wrong_file(pull(server), "announces a file of 77 bytes");
}

TEST_F(PullTest, MoreThanWasAnnouncedIsNotTaken) {
  ScriptedServer server([&](Visit& visit) {
    visit.send("HTTP/1.1 200 OK\r\nX-Linked-Size: 5000\r\nConnection: close\r\n\r\n");
    visit.send(file);
    visit.close();
  });
  expect_wrong_file(pull(server), "more than the 5000 bytes");
}

TEST_F(PullTest, WhatTheServerSaysIsTold) {
  int status = 404;
  ScriptedServer server([&](Visit& visit) { visit.reply(status, "text/html", "<html>no</html>"); });
  EXPECT_EQ(pull(server).error().code, ErrorCode::not_found);
  status = 401;
  EXPECT_EQ(pull(server).error().code, ErrorCode::refused);
  EXPECT_THAT(pull(server).error().hint, HasSubstr("idi model add"));
  EXPECT_EQ(server.requests(), 3);  // no use in asking again
  status = 503;
  EXPECT_EQ(pull(server).error().code, ErrorCode::unavailable);
  EXPECT_EQ(server.requests(), 6);
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PullTest, ATroubledServerIsAskedAgain) {
  ScriptedServer server([&](Visit& visit) {
    if (server.requests() <= 2) return static_cast<void>(visit.reply(503, "a/b", "busy"));
    serve(visit, file, "\"1\"");
  });
  expect_pulled(pull(server), file);
}

TEST_F(PullTest, RedirectsEndSomewhere) {
  std::string location = "/small.gguf";
  ScriptedServer server(
      [&](Visit& visit) { visit.reply(302, "a/b", "", "Location: " + location + "\r\n"); });
  EXPECT_THAT(pull(server).error().message, HasSubstr("more than 8 times"));
  location = "file:///etc/passwd";
  EXPECT_THAT(pull(server).error().message, HasSubstr("no web address"));
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PullTest, AFileThatTheDiskCannotHoldIsNotBegun) {
  ScriptedServer server([&](Visit& visit) {
    visit.send("HTTP/1.1 200 OK\r\nContent-Length: 15000000000000\r\n\r\n");
    visit.send(file);
    visit.close();
  });
  const auto profile = pull(server);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code, ErrorCode::io_failed) << profile.error().to_text();
  EXPECT_THAT(profile.error().message, HasSubstr("15000.0 GB are still to be downloaded"));
  EXPECT_TRUE(holds_nothing());
}

/// Stands for a full disk: files of this process cannot grow beyond so many bytes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(PullTest, ADiskThatFillsKeepsThePart) {
  ScriptedServer server([&](Visit& visit) { serve(visit, file, "\"1\""); });
  {
    const FileSizeLimit limit(400'000);
    const auto profile = pull(server);
    ASSERT_FALSE(profile);
    EXPECT_EQ(profile.error().code, ErrorCode::io_failed) << profile.error().to_text();
    EXPECT_THAT(profile.error().hint, HasSubstr("Free some space"));
    EXPECT_THAT(profile.error().hint, HasSubstr("400 kB are kept"));
  }
  expect_pulled(pull(server), file);
}

TEST_F(PullTest, TwoDownloadsOfOneModelDoNotMix) {
  const auto other = PartFile::open(folder.path() / "models/small.part");
  ASSERT_TRUE(other);
  ScriptedServer server([&](Visit& visit) { serve(visit, file, "\"1\""); });
  EXPECT_EQ(pull(server).error().code, ErrorCode::conflict);
  EXPECT_EQ(store->remove("small").error().code, ErrorCode::conflict);
  EXPECT_EQ(server.requests(), 0);
  EXPECT_TRUE(std::filesystem::exists(other->path()));
}

}  // namespace
}  // namespace idi::model_store
