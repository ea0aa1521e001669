// Random operations on a store and on a model of it in memory: both say the same, before and after
// the store is opened again.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "idi/core/text.hpp"
#include "naming.hpp"
#include "scratch_store.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;

struct ModelSession {
  Session session;
  bool deleted = false;
  std::vector<std::int64_t> turns;
};

class Pair {
 public:
  void step() {
    switch (*rc::gen::weightedElement<int>(
        {{3, 0}, {4, 1}, {5, 2}, {5, 3}, {3, 4}, {2, 5}, {2, 6}, {4, 7}, {1, 8}})) {
      case 0:
        return create();
      case 1:
        return change();
      case 2:
        return begin_turn();
      case 3:
        return finish_turn();
      case 4:
        return change_turn();
      case 5:
        return remove();
      case 6:
        return restore();
      case 7:
        return list();
      default:
        return reopen();
    }
  }

  void compare() {
    for (const ModelSession& model : sessions_) {
      const auto kept = store_->get(model.session.id);
      RC_ASSERT(kept.has_value() != model.deleted);
      if (!kept) continue;
      RC_ASSERT(kept->name == model.session.name);
      RC_ASSERT(kept->description == model.session.description);
      RC_ASSERT(kept->tags == model.session.tags);
      RC_ASSERT(kept->database == model.session.database);
      RC_ASSERT(kept->turn_count == static_cast<std::int64_t>(model.turns.size()));
      const auto turns = store_->turns(model.session.id, 1'000, true);
      RC_ASSERT(turns.has_value());
      RC_ASSERT(turns->size() == model.turns.size());
      for (std::size_t i = 0; i < turns->size(); ++i) same((*turns)[i], turns_.at(model.turns[i]));
    }
  }

  void reopen() {
    store_.reset();
    store_ = open_store(folder_.file());
    for (auto& [id, turn] : turns_) {
      if (turn.state == TurnState::running) turn.state = TurnState::interrupted;
    }
  }

 private:
  static void same(const Turn& kept, const Turn& model) {
    RC_ASSERT(kept.id == model.id);
    RC_ASSERT(kept.session_id == model.session_id);
    RC_ASSERT(kept.question == model.question);
    RC_ASSERT(kept.standalone_question == model.standalone_question);
    RC_ASSERT(kept.sql == model.sql);
    RC_ASSERT(kept.written_by_person == model.written_by_person);
    RC_ASSERT(kept.state == model.state);
    RC_ASSERT(kept.document == model.document);
    RC_ASSERT(kept.chart_choice == model.chart_choice);
    RC_ASSERT(kept.verdict == model.verdict);
    RC_ASSERT(kept.comment == model.comment);
    RC_ASSERT((kept.finished_ms == 0) == (model.state == TurnState::running));
  }

  static std::string any_text() {
    return *rc::gen::oneOf(
        rc::gen::element(""s, "plain"s, "Two Words"s, "GRÖSSE"s, "größe"s, "a%b_c"s, "'quoted\""s,
                         "nul\0nul"s, "line\nline"s, "\U0001F600"s),
        rc::gen::container<std::string>(rc::gen::elementOf("abAB %_'\"*\n\xC3\xBC\xFF"s)));
  }
  static std::vector<std::string> any_tags() {
    return *rc::gen::container<std::vector<std::string>>(
        rc::gen::element("a"s, "b"s, " b "s, "A"s, ""s, "%"s, "größe"s));
  }
  static SessionChange any_change() {
    SessionChange change;
    if (*rc::gen::arbitrary<bool>()) change.name = any_text();
    if (*rc::gen::arbitrary<bool>()) change.description = any_text();
    if (*rc::gen::arbitrary<bool>()) change.tags = any_tags();
    return change;
  }
  static void apply(const SessionChange& change, Session& session) {
    if (change.name) session.name = one_line(*change.name);
    if (change.description) session.description = text::to_valid_utf8(*change.description);
    if (!change.tags) return;
    session.tags.clear();
    for (const std::string& given : *change.tags) {
      const std::string tag = one_line(given);
      const bool again =
          std::find(session.tags.begin(), session.tags.end(), tag) != session.tags.end();
      if (!tag.empty() && !again) session.tags.push_back(tag);
    }
  }

  /// One of the sessions, deleted or not; nullptr if there is none.
  ModelSession* any_session() {
    if (sessions_.empty()) return nullptr;
    return &sessions_[*rc::gen::inRange<std::size_t>(0, sessions_.size())];
  }
  Turn* any_turn() {
    if (turns_.empty()) return nullptr;
    return &std::next(turns_.begin(), *rc::gen::inRange(0, static_cast<int>(turns_.size())))
                ->second;
  }
  ModelSession& session_of(const Turn& turn) {
    return *std::find_if(sessions_.begin(), sessions_.end(), [&](const ModelSession& each) {
      return each.session.id == turn.session_id;
    });
  }
  /// A result of a method on a session that may be deleted. true: go on.
  template <typename T>
  static bool agrees(const Result<T>& result, bool deleted) {
    RC_ASSERT(result.has_value() != deleted);
    if (deleted) RC_ASSERT(result.error().code == ErrorCode::not_found);
    return !deleted;
  }

  void create() {
    const SessionChange given = any_change();
    const std::string database = any_text();
    const auto made = store_->create(given, database);
    RC_ASSERT(made.has_value());
    ModelSession model;
    model.session.id = made->id;
    model.session.database = text::to_valid_utf8(database);
    apply(given, model.session);
    sessions_.push_back(std::move(model));
  }

  void change() {
    ModelSession* model = any_session();
    if (model == nullptr) return;
    const SessionChange change = any_change();
    if (agrees(store_->change(model->session.id, change), model->deleted)) {
      apply(change, model->session);
    }
  }

  void begin_turn() {
    ModelSession* model = any_session();
    if (model == nullptr) return;
    const NewTurn given{any_text(), any_text(), *rc::gen::arbitrary<bool>()};
    const auto begun = store_->begin_turn(model->session.id, given);
    if (!agrees(begun, model->deleted)) return;
    Turn turn;
    turn.id = begun->id;
    turn.session_id = model->session.id;
    turn.question = text::to_valid_utf8(given.question);
    turn.sql = text::to_valid_utf8(given.sql);
    turn.written_by_person = given.written_by_person;
    same(*begun, turn);
    if (!turns_.empty()) RC_ASSERT(turns_.rbegin()->first < turn.id);
    turns_[turn.id] = turn;
    model->turns.push_back(turn.id);
    if (!model->session.name.empty()) return;
    for (const std::int64_t id : model->turns) {
      if (turns_[id].question.empty()) continue;
      model->session.name = name_from_question(turns_[id].question);
      return;
    }
  }

  void finish_turn() {
    Turn* turn = any_turn();
    if (turn == nullptr) return;
    FinishedTurn given;
    given.state = *rc::gen::element(TurnState::answered, TurnState::failed, TurnState::cancelled);
    given.standalone_question = any_text();
    given.sql = any_text();
    given.document = any_text();
    const Status finished = store_->finish_turn(turn->id, given);
    RC_ASSERT(finished.has_value() == (turn->state == TurnState::running));
    if (!finished) {
      RC_ASSERT(finished.error().code == ErrorCode::conflict);
      return;
    }
    turn->state = given.state;
    turn->standalone_question = text::to_valid_utf8(given.standalone_question);
    if (!given.sql.empty()) turn->sql = text::to_valid_utf8(given.sql);
    turn->document = text::to_valid_utf8(given.document);
  }

  void change_turn() {
    Turn* turn = any_turn();
    if (turn == nullptr) return;
    TurnChange change;
    if (*rc::gen::arbitrary<bool>()) {
      change.verdict = *rc::gen::element(Verdict::none, Verdict::up, Verdict::down);
    }
    if (*rc::gen::arbitrary<bool>()) change.comment = any_text();
    if (*rc::gen::arbitrary<bool>()) change.chart_choice = any_text();
    const auto changed = store_->change_turn(turn->session_id, turn->id, change);
    if (!agrees(changed, session_of(*turn).deleted)) return;
    if (change.verdict) turn->verdict = *change.verdict;
    if (change.comment) turn->comment = text::to_valid_utf8(*change.comment);
    if (change.chart_choice) turn->chart_choice = text::to_valid_utf8(*change.chart_choice);
    same(*changed, *turn);
  }

  void remove() {
    ModelSession* model = any_session();
    if (model == nullptr) return;
    if (agrees(store_->remove(model->session.id), model->deleted)) model->deleted = true;
  }

  void restore() {
    ModelSession* model = any_session();
    if (model == nullptr) return;
    RC_ASSERT(store_->restore(model->session.id).has_value());
    model->deleted = false;
  }

  [[nodiscard]] bool has_word(const ModelSession& model, const std::string& word) const {
    std::vector<std::string> texts = model.session.tags;
    texts.push_back(model.session.name);
    texts.push_back(model.session.description);
    for (const std::int64_t id : model.turns) {
      texts.push_back(turns_.at(id).question);
      texts.push_back(turns_.at(id).standalone_question);
    }
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& each) {
      return text::fold_case(one_line(each)).find(word) != std::string::npos;
    });
  }

  void list() {
    SessionQuery query;
    query.search = any_text();
    if (*rc::gen::arbitrary<bool>()) query.tag = *rc::gen::element("a"s, "b"s, "A"s, "%"s);
    query.limit = *rc::gen::inRange(0, 4);
    query.offset = *rc::gen::inRange(0, 3);
    const auto page = store_->list(query);
    RC_ASSERT(page.has_value());

    std::vector<std::string> expected;
    for (const ModelSession& model : sessions_) {
      if (model.deleted) continue;
      const auto& tags = model.session.tags;
      if (!query.tag.empty() && std::find(tags.begin(), tags.end(), query.tag) == tags.end()) {
        continue;
      }
      const auto words = text::split(text::fold_case(one_line(query.search)), ' ');
      const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return word.empty() || has_word(model, word);
      });
      if (all) expected.push_back(model.session.id);
    }
    RC_ASSERT(page->total == static_cast<std::int64_t>(expected.size()));
    const auto rest = std::max<std::int64_t>(0, page->total - query.offset);
    RC_ASSERT(page->sessions.size() == static_cast<std::size_t>(std::min(query.limit, rest)));
    for (const Session& session : page->sessions) {
      RC_ASSERT(std::find(expected.begin(), expected.end(), session.id) != expected.end());
    }
    RC_ASSERT(std::is_sorted(page->sessions.begin(), page->sessions.end(),
                             [](const Session& before, const Session& after) {
                               return before.updated_ms > after.updated_ms;
                             }));
  }

  ScratchFolder folder_ = ScratchFolder::in_memory();
  std::unique_ptr<SessionStore> store_ = open_store(folder_.file());
  std::vector<ModelSession> sessions_;
  std::map<std::int64_t, Turn> turns_;
};

TEST(StoreModel, TheStoreDoesWhatTheModelDoes) {
  EXPECT_TRUE(rc::check([] {
    Pair pair;
    const int steps = *rc::gen::inRange(0, 40);
    for (int i = 0; i < steps; ++i) pair.step();
    pair.compare();
    pair.reopen();
    pair.compare();
  }));
}

}  // namespace
}  // namespace idi::session
