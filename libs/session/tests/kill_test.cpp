// kill -9 at any moment: what was acknowledged is there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "scratch_store.hpp"

namespace idi::session {
namespace {

/// What the children said, all of them together.
struct Acknowledged {
  std::map<std::int64_t, bool> finished;         ///< Turns that were begun.
  std::map<std::int64_t, std::int64_t> comment;  ///< The last one of a turn.
  std::int64_t name = 0;                         ///< Of this child.
  bool opened = false;                           ///< This child.
  int lines = 0;

  void begin_child() {
    name = 0;
    opened = false;
  }
  void read(const std::string& text) {
    std::istringstream stream(text);
    for (std::string word; stream >> word; ++lines) {
      std::int64_t number = 0;
      if (word == "opened") {
        opened = true;
      } else if (word == "renamed") {
        stream >> name;
      } else if (stream >> number; word == "begun") {
        finished[number] = false;
      } else if (word == "finished") {
        finished[number] = true;
      } else {
        ASSERT_EQ(word, "commented");
        stream >> comment[number];
      }
    }
  }
};

class Child {
 public:
  Child(const std::filesystem::path& file, const std::string& session) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    output_ = ends[0];
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl(STORE_WRITER, STORE_WRITER, file.c_str(), session.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { ::close(output_); }

  void kill() const { ::kill(process_, SIGKILL); }
  /// Everything that it said until it ended.
  std::string said() const {
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::read(output_, buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }
  /// As waitpid() gives it.
  int status() const {
    int status = 0;
    EXPECT_EQ(::waitpid(process_, &status, 0), process_);
    return status;
  }
  /// Until it has said something.
  void wait_for_word() const {
    char byte = 0;
    EXPECT_EQ(::read(output_, &byte, 1), 1);
  }

 private:
  int output_ = -1;
  pid_t process_ = -1;
};

void check(SessionStore& store, const std::string& session_id, const Acknowledged& acknowledged,
           const std::string& name_before) {
  const auto session = store.get(session_id);
  ASSERT_TRUE(session) << session.error().to_text();
  if (acknowledged.opened && acknowledged.name > 0) {
    // The call that was under way at the end may be in or not.
    const std::int64_t name = std::stoll(session->name);
    EXPECT_GE(name, acknowledged.name);
    EXPECT_LE(name, acknowledged.name + 1);
  } else {
    EXPECT_TRUE(session->name == name_before || session->name == "1") << session->name;
  }
  // Name and tags are written together.
  EXPECT_EQ(session->tags, (std::vector<std::string>{session->name, "tag"}));

  const auto turns = store.turns(session_id, max_turns_per_session, true);
  ASSERT_TRUE(turns) << turns.error().to_text();
  std::map<std::int64_t, Turn> kept;
  for (const Turn& turn : *turns) kept[turn.id] = turn;
  for (const auto& [id, finished] : acknowledged.finished) {
    ASSERT_TRUE(kept.contains(id)) << "turn " << id << " was acknowledged and is gone";
    if (finished) {
      EXPECT_EQ(kept[id].state, TurnState::answered) << id;
    }
  }
  for (const auto& [id, turn] : kept) {
    EXPECT_EQ(turn.question, "question");
    if (turn.state == TurnState::answered) {
      EXPECT_EQ(turn.document.size(),
                std::to_string(id).size() + static_cast<std::size_t>(id % 7) * 3'000);
    } else {
      EXPECT_EQ(turn.state, TurnState::interrupted);
      EXPECT_EQ(turn.document, "");
    }
  }
  for (const auto& [id, comment] : acknowledged.comment) {
    EXPECT_GE(std::stoll(kept[id].comment), comment);
  }
}

TEST(KillTest, AHundredTimesNothingIsLost) {
  constexpr int kills = 100;
  const ScratchFolder folder;
  std::string session_id, name = "0";
  {
    SessionChange given;
    given.name = name;
    given.tags = {name, "tag"};
    const auto session = open_store(folder.file())->create(given, "");
    ASSERT_TRUE(session);
    session_id = session->id;
  }
  std::mt19937 random(20'240'229);
  Acknowledged acknowledged;
  int killed_while_writing = 0;
  for (int i = 0; i < kills; ++i) {
    acknowledged.begin_child();
    const Child child(folder.file(), session_id);
    // From before the store is open to long after.
    const auto life = std::uniform_int_distribution<int>(0, 60'000)(random);
    std::this_thread::sleep_for(std::chrono::microseconds(life));
    child.kill();
    acknowledged.read(child.said());
    const int status = child.status();
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    killed_while_writing += acknowledged.name > 0 ? 1 : 0;

    const auto store = try_open(folder.file());
    ASSERT_TRUE(store) << "after kill " << i << ": " << store.error().to_text();
    check(**store, session_id, acknowledged, name);
    if (HasFailure()) return;
    name = (*store)->get(session_id)->name;
  }
  // The test has seen something: most children lived long enough to write.
  EXPECT_GT(killed_while_writing, kills / 4);
  RecordProperty("acknowledged_writes", acknowledged.lines);
}

TEST(KillTest, AFileIsMadeWholeOrNotAtAll) {
  std::mt19937 random(20'240'301);
  for (int i = 0; i < 30; ++i) {
    const ScratchFolder folder;
    const Child child(folder.file(), "none");
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 15'000)(random)));
    child.kill();
    static_cast<void>(child.said());
    static_cast<void>(child.status());
    const auto store = try_open(folder.file());
    ASSERT_TRUE(store) << store.error().to_text();
    EXPECT_TRUE((*store)->create({}, ""));
  }
}

TEST(KillTest, TheSecondProcessDoesNotHarmTheFirst) {
  const ScratchFolder folder;
  std::string session_id;
  {
    SessionChange given;
    given.name = "0";
    given.tags = {"0", "tag"};
    session_id = open_store(folder.file())->create(given, "")->id;
  }
  Acknowledged acknowledged;
  {
    const Child first(folder.file(), session_id);
    first.wait_for_word();
    EXPECT_EQ(try_open(folder.file()).error().code, ErrorCode::conflict);
    const Child second(folder.file(), session_id);
    EXPECT_EQ(second.said(), "");
    EXPECT_EQ(WEXITSTATUS(second.status()), 4) << "conflict";
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    first.kill();
    acknowledged.read("o" + first.said());
    EXPECT_TRUE(WIFSIGNALED(first.status()));
  }
  check(*open_store(folder.file()), session_id, acknowledged, "0");
}

}  // namespace
}  // namespace idi::session
