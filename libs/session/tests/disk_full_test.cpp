// A disk that is full, as a limit on the size of files: an error, and nothing half-written.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "scratch_store.hpp"

namespace idi::session {
namespace {

/// No file of this process grows beyond it.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

struct Written {
  std::vector<std::int64_t> turns;  ///< Finished, with a document.
  Error error;                      ///< Of the call that failed.
  std::int64_t unfinished = 0;      ///< Begun, not finished; 0: none.
};

/// Until there is no room.
Written fill(SessionStore& store, const std::string& session) {
  Written written;
  for (int i = 0; i < 1'900; ++i) {
    auto turn = store.begin_turn(session, {"q", "", false});
    if (!turn) {
      written.error = turn.error();
      return written;
    }
    FinishedTurn finished;
    finished.document = std::string(20'000, 'd');
    if (auto done = store.finish_turn(turn->id, finished); !done) {
      written.error = done.error();
      written.unfinished = turn->id;
      return written;
    }
    written.turns.push_back(turn->id);
  }
  return written;
}

void check(SessionStore& store, const std::string& session, const Written& written) {
  EXPECT_EQ(written.error.code, ErrorCode::io_failed) << written.error.to_text();
  EXPECT_NE(written.error.hint, "");
  EXPECT_FALSE(written.turns.empty());
  const auto turns = store.turns(session, max_turns_per_session, true);
  ASSERT_TRUE(turns);
  std::size_t answered = 0;
  for (const Turn& turn : *turns) {
    if (turn.id == written.unfinished || turn.state != TurnState::answered) {
      EXPECT_NE(turn.state, TurnState::answered);
      EXPECT_EQ(turn.document, "");
      EXPECT_EQ(turn.standalone_question, "");
    } else {
      EXPECT_EQ(turn.document.size(), 20'000U);
      ++answered;
    }
  }
  EXPECT_GE(answered, written.turns.size());
}

TEST(DiskFull, IsAnErrorAndEverythingBeforeIsThere) {
  const ScratchFolder folder;
  auto store = open_store(folder.file());
  const std::string session = store->create({}, "")->id;
  Written written;
  {
    const FileSizeLimit limit(400'000);
    written = fill(*store, session);
    check(*store, session, written);
    // A small write may still find room; if not, it says so.
    if (const auto small = store->create({}, std::string(400, 'x')); !small) {
      EXPECT_EQ(small.error().code, ErrorCode::io_failed);
    }
  }
  // Room again: the same store goes on.
  EXPECT_TRUE(store->create({}, ""));
  if (written.unfinished != 0) {
    EXPECT_TRUE(store->finish_turn(written.unfinished, {TurnState::failed, "", "", ""}));
  }
  store.reset();
  check(*open_store(folder.file()), session, written);
}

TEST(DiskFull, WhenTheLogCannotBeMovedIntoTheFile) {
  const ScratchFolder folder;
  std::string session;
  {
    const auto store = open_store(folder.file());
    session = store->create({}, "")->id;
    for (int i = 0; i < 200; ++i) {
      const auto turn = store->begin_turn(session, {"q", "", false});
      ASSERT_TRUE(
          store->finish_turn(turn->id, {TurnState::answered, "", "", std::string(20'000, 'd')}));
    }
  }
  ASSERT_GT(std::filesystem::file_size(folder.file()), 2'000'000U);
  Written written;
  {
    const FileSizeLimit limit(1'500'000);
    const auto store = open_store(folder.file());
    written = fill(*store, session);
    check(*store, session, written);
  }
  check(*open_store(folder.file()), session, written);
}

TEST(DiskFull, NoFileIsMadeInHalf) {
  for (const rlim_t bytes : {0, 1'000, 10'000, 30'000, 40'000}) {
    const ScratchFolder folder;
    {
      const FileSizeLimit limit(bytes);
      const auto store = try_open(folder.file());
      ASSERT_FALSE(store) << bytes;
      EXPECT_EQ(store.error().code, ErrorCode::io_failed) << store.error().to_text();
    }
    EXPECT_FALSE(std::filesystem::exists(folder.file()));
    EXPECT_TRUE(open_store(folder.file())->create({}, ""));
  }
}

}  // namespace
}  // namespace idi::session
