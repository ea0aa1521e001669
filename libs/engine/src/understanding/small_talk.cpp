#include "understanding/small_talk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/answerability/word_lists.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/source.hpp"
#include "idi/engine/starters.hpp"
#include "idi/link/linker.hpp"
#include "understanding/words.hpp"

namespace idi::engine {
namespace {

using List = std::initializer_list<std::string_view>;

/// Nothing but these words, and one of the core ones among them.
bool is_made_of(const Words& words, List core, List others) {
  bool has_core = false;
  for (const auto& word : words) {
    if (one_of(word.lower, core)) {
      has_core = true;
    } else if (!one_of(word.lower, others)) {
      return false;
    }
  }
  return has_core;
}

bool is_greeting(const Words& words) {
  return is_made_of(words,
                    {"hi", "hello", "hey", "hallo", "hiya", "howdy", "greetings", "morning",
                     "afternoon", "evening", "yo"},
                    {"good", "day", "there", "idi", "everyone", "again", "to", "you", "all", "dear",
                     "nice", "meet", "how", "are", "is", "it", "going"});
}

bool is_thanks(const Words& words) {
  return is_made_of(words,
                    {"thanks",  "thank", "thx",   "ty",        "cheers", "great",     "perfect",
                     "awesome", "cool",  "nice",  "ok",        "okay",   "wonderful", "excellent",
                     "lol",     "wow",   "super", "brilliant", "fine",   "good"},
                    {"you",  "very", "much", "so",   "a",    "lot",    "that",  "is",
                     "was",  "it",   "s",    "for",  "the",  "this",   "your",  "answer",
                     "help", "all",  "many", "job",  "work", "well",   "done",  "really",
                     "and",  "idi",  "just", "what", "i",    "needed", "wanted"});
}

bool is_farewell(const Words& words) {
  return is_made_of(words, {"bye", "goodbye", "ciao", "quit", "exit", "night", "later", "tomorrow"},
                    {"good", "see", "you", "then", "thanks", "and", "have", "a", "nice", "day",
                     "ok", "okay", "for", "now"});
}

bool is_about_us(const Words& words) {
  bool addressed = false, asked = false;
  for (const auto& word : words) {
    addressed = addressed || one_of(word.lower, {"you", "your", "idi", "yourself"});
    asked = asked || one_of(word.lower, {"who", "what", "how", "are", "tell", "do", "is"});
    if (!answerability::is_function_word(word.lower) &&
        !one_of(word.lower,
                {"made",  "built",  "created", "wrote",  "name",    "named",    "robot",  "human",
                 "ai",    "bot",    "chatgpt", "gpt",    "program", "machine",  "old",    "work",
                 "works", "called", "idi",     "person", "real",    "yourself", "made",   "model",
                 "llm",   "today",  "born",    "alive",  "feeling", "smart",    "trained"})) {
      return false;
    }
    // "What can you ask", "what do you know": about the data, not about us.
    if (one_of(word.lower, {"here", "know", "have", "ask", "contain", "show", "list", "give",
                            "help", "there"})) {
      return false;
    }
  }
  return addressed && asked;
}

bool is_clock_question(const Words& words) {
  return is_made_of(words, {"time", "day", "date", "today"},
                    {"what", "is", "s", "it", "the", "now", "current", "please", "tell", "me"}) &&
         one_of(lower_at(words, 0), {"what", "tell"});
}

/// A topic that no word of the schema shares, in a question that names no table. Written as a name
/// ("the song Weather") it is a value to look for.
bool is_elsewhere(const Words& words, const SchemaNames& names) {
  const auto topic = std::find_if(words.begin(), words.end(), [](const auto& word) {
    return one_of(word.lower, {"weather", "forecast", "joke", "jokes", "poem", "poems", "riddle",
                               "horoscope", "news", "recipe", "recipes", "lottery", "stockmarket",
                               "haiku", "limerick", "lyrics", "rain", "raining", "sunny"});
  });
  if (topic == words.end() || names.has_word(topic->stem)) return false;
  if (topic != words.begin() && topic->text != topic->lower) return false;
  return std::none_of(words.begin(), words.end(),
                      [&](const auto& word) { return names.has_table_word(word.stem); });
}

std::string what_there_is(const Schema& schema) {
  std::string text = fmt::format("The database is about: {}.", describe_contents(schema));
  const auto questions = starter_questions(schema, 1);
  if (!questions.empty()) text += fmt::format(" For example: \"{}\"", questions.front());
  return text;
}

}  // namespace

SmallTalk small_talk_in(std::string_view question, const SchemaNames& names) {
  const Words words = link::tokenize(question);
  if (words.empty()) return SmallTalk::none;
  const bool names_a_table = std::any_of(words.begin(), words.end(), [&](const auto& word) {
    return names.has_table_word(word.stem);
  });
  if (names_a_table) return SmallTalk::none;
  if (is_greeting(words)) return SmallTalk::greeting;
  if (is_thanks(words)) return SmallTalk::thanks;
  if (is_farewell(words)) return SmallTalk::farewell;
  if (is_about_us(words)) return SmallTalk::about_us;
  if (is_clock_question(words) || is_elsewhere(words, names)) return SmallTalk::elsewhere;
  return SmallTalk::none;
}

Error reply_to(SmallTalk talk, const Schema& schema) {
  std::string message;
  switch (talk) {
    case SmallTalk::none:
    case SmallTalk::elsewhere:
      message = "that is nothing this database can tell";
      break;
    case SmallTalk::greeting:
      message = "hello! Ask me something about your data";
      break;
    case SmallTalk::thanks:
      message = "you are welcome! Ask on if there is more to know";
      break;
    case SmallTalk::farewell:
      message = "goodbye! Your data stays where it is";
      break;
    case SmallTalk::about_us:
      message =
          "I am IDI: I turn questions in plain English into SQL, run it read-only and show "
          "what comes out";
      break;
  }
  return make_error(ErrorCode::unanswerable, std::move(message), what_there_is(schema));
}

}  // namespace idi::engine
