// The child of kill_test: writes to a store without end, and says after every call that returned
// what is on disk now. Numbers only rise, so that the parent can tell an older state from a newer.
//   store_writer FILE SESSION
#include <unistd.h>

#include <cstdio>
#include <string>

#include "idi/session/session_store.hpp"

namespace {

using namespace idi;
using namespace idi::session;

/// Whole lines of less than a pipe's atomic size, past all buffers.
void acknowledge(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    ::_exit(3);
  }
}

int fail(const Error& error) {
  std::fprintf(stderr, "%s\n", error.to_text().c_str());
  return error.code == ErrorCode::conflict ? 4 : 2;
}

/// Large enough for several pages and an overflow chain.
std::string document_of(std::int64_t turn) {
  return std::to_string(turn) + std::string(static_cast<std::size_t>(turn % 7) * 3'000, 'd');
}

int write_without_end(SessionStore& store, const std::string& session) {
  constexpr int max_turns_in_a_life = 12;
  std::int64_t last_turn = 0;
  for (int number = 1;; ++number) {
    if (number <= max_turns_in_a_life) {
      NewTurn given{"question", "SELECT 1", false};
      const std::string chosen = std::to_string(number);
      given.chosen = Resolution{"clarification " + std::to_string(number % 5), chosen, "", "", 0};
      auto turn = store.begin_turn(session, given);
      if (!turn) return fail(turn.error());
      last_turn = turn->id;
      acknowledge("chosen " + chosen);
      acknowledge("begun " + std::to_string(last_turn));
      FinishedTurn finished;
      finished.document = document_of(last_turn);
      if (auto done = store.finish_turn(last_turn, finished); !done) return fail(done.error());
      acknowledge("finished " + std::to_string(last_turn));
    }
    TurnChange feedback;
    feedback.comment = std::to_string(number);
    if (auto done = store.change_turn(session, last_turn, feedback); !done) {
      return fail(done.error());
    }
    acknowledge("commented " + std::to_string(last_turn) + " " + std::to_string(number));
    SessionChange renamed;
    renamed.name = std::to_string(number);
    renamed.tags = {std::to_string(number), "tag"};
    if (auto done = store.change(session, renamed); !done) return fail(done.error());
    acknowledge("renamed " + std::to_string(number));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  SqliteStoreOptions options;
  options.file = argv[1];
  auto store = open_sqlite_store(options);
  if (!store) return fail(store.error());
  acknowledge("opened");
  return write_without_end(**store, argv[2]);
}
