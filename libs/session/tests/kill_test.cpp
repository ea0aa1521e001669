// kill -9 at any moment: what was acknowledged is there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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
  std::int64_t chosen = 0;                       ///< The last choice of this child.
  bool opened = false;                           ///< This child.
  int lines = 0;

  void begin_child() {
    name = 0;
    chosen = 0;
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
      } else if (word == "chosen") {
        stream >> chosen;
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
  /// Until it has said so many lines, or ended.
  void wait_for_lines(std::ptrdiff_t lines) {
    while (std::count(said_.begin(), said_.end(), '\n') < lines && read_more()) {
    }
  }
  /// Everything that it said until it ended.
  const std::string& said() {
    while (read_more()) {
    }
    return said_;
  }
  /// As waitpid() gives it.
  int status() const {
    int status = 0;
    EXPECT_EQ(::waitpid(process_, &status, 0), process_);
    return status;
  }

 private:
  bool read_more() {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::read(output_, buffer.data(), buffer.size());
    if (size > 0) said_.append(buffer.data(), static_cast<std::size_t>(size));
    return size > 0;
  }

  int output_ = -1;
  pid_t process_ = -1;
  std::string said_;
};

/// The choice that was kept last: what this child said last, or the one under way at the end.
void check_choice(SessionStore& store, const std::string& session_id,
                  const Acknowledged& acknowledged, std::size_t turns) {
  const auto kept = store.resolutions(session_id);
  ASSERT_TRUE(kept) << kept.error().to_text();
  // A choice is kept with its turn or not at all; there are five, again and again.
  EXPECT_EQ(kept->empty(), turns == 0);
  EXPECT_LE(kept->size(), 5U);
  if (acknowledged.chosen == 0) return;
  ASSERT_FALSE(kept->empty());
  const std::int64_t last = std::stoll(kept->front().option);
  EXPECT_TRUE(last == acknowledged.chosen || last == acknowledged.chosen + 1)
      << last << " after " << acknowledged.chosen;
  EXPECT_EQ(kept->front().clarification, "clarification " + std::to_string(last % 5));
}

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
  check_choice(store, session_id, acknowledged, turns->size());
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
  for (int i = 0; i < kills; ++i) {
    acknowledged.begin_child();
    Child child(folder.file(), session_id);
    // From before the store is open to after a dozen writes, and anywhere in a write.
    child.wait_for_lines(std::uniform_int_distribution<int>(0, 16)(random));
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 8'000)(random)));
    child.kill();
    acknowledged.read(child.said());
    const int status = child.status();
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    const auto store = try_open(folder.file());
    ASSERT_TRUE(store) << "after kill " << i << ": " << store.error().to_text();
    check(**store, session_id, acknowledged, name);
    if (HasFailure()) return;
    name = (*store)->get(session_id)->name;
  }
  EXPECT_GT(acknowledged.lines, kills * 5) << "the children wrote too little to see anything";
}

TEST(KillTest, AFileIsMadeWholeOrNotAtAll) {
  std::mt19937 random(20'240'301);
  for (int i = 0; i < 15; ++i) {
    const ScratchFolder folder;
    Child child(folder.file(), "none");
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
    Child first(folder.file(), session_id);
    first.wait_for_lines(1);
    EXPECT_EQ(try_open(folder.file()).error().code, ErrorCode::conflict);
    Child second(folder.file(), session_id);
    EXPECT_EQ(second.said(), "");
    EXPECT_EQ(WEXITSTATUS(second.status()), 4) << "conflict";
    first.wait_for_lines(8);
    first.kill();
    acknowledged.read(first.said());
    EXPECT_TRUE(WIFSIGNALED(first.status()));
  }
  check(*open_store(folder.file()), session_id, acknowledged, "0");
}

}  // namespace
}  // namespace idi::session
