// A server whose certificate nobody vouches for.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "idi/http_client/http_client.hpp"
#include "idi/http_client/testing/scripted_server.hpp"

extern char** environ;

namespace idi::http_client {
namespace {

using ::testing::HasSubstr;

/// A program that is ended with the object.
class Program {
 public:
  explicit Program(std::vector<std::string> argv, const std::string& folder) {
    std::vector<char*> pointers;
    for (auto& word : argv) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    for (const int output : {1, 2}) {
      posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
    }
    if (posix_spawnp(&pid_, pointers[0], &actions, nullptr, pointers.data(), environ) != 0) {
      pid_ = 0;
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Program() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    wait();
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  /// true: it ended well.
  bool wait() {
    int status = -1;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return status == 0;
  }

 private:
  pid_t pid_ = 0;
};

class CertificateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "idi-tls-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string folder;
};

TEST_F(CertificateTest, OfItsOwnIsNotTrusted) {
  ASSERT_TRUE(Program({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
                       "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"},
                      folder)
                  .wait())
      << "openssl is needed";
  const std::string port = std::to_string(testing::unused_port());
  const Program server({"openssl", "s_server", "-accept", "127.0.0.1:" + port, "-cert", "cert.pem",
                        "-key", "key.pem", "-www"},
                       folder);
  Request request;
  request.url = "https://localhost:" + port + "/";
  const auto client = HttpClient::make();
  Error error;
  for (int tries = 0; tries < 100; ++tries) {  // until it listens
    const auto response = client->send(request);
    ASSERT_FALSE(response);
    error = response.error();
    if (error.message.find("cannot be reached") == std::string::npos) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_THAT(error.message, HasSubstr("not to be trusted")) << error.to_text();
}

}  // namespace
}  // namespace idi::http_client
