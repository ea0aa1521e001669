#include "card_view.hpp"

#include <fmt/format.h>

#include <charconv>

#include "idi/core/text.hpp"
#include "output.hpp"

namespace idi::cli {
namespace {

std::string painted(const std::string& text, const char* code, bool color) {
  return color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

std::string line(std::string_view text) { return safe_for_terminal(text, true); }

std::string numbered(const clarification::Clarification& card, std::size_t from, bool color) {
  std::string out;
  for (std::size_t i = from; i < card.options.size(); ++i) {
    const auto& option = card.options[i];
    out += fmt::format("  {}  {}", i + 1, line(option.label));
    if (!option.detail.empty()) out += painted("  " + line(option.detail), "2", color);
    out += '\n';
  }
  return out;
}

/// As one word of a shell.
std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace

std::string render_card(const engine::Answer& answer, bool color) {
  const auto& card = *answer.clarification;
  return painted(line(card.text), "1", color) + '\n' + numbered(card, 0, color);
}

std::string render_offer(const engine::Answer& answer, bool color) {
  const auto& card = *answer.clarification;
  if (card.options.size() < 2) return {};
  return fmt::format("Read as: {}. What could be meant too:\n", line(card.options.front().label)) +
         numbered(card, 1, color);
}

std::string render_choices_used(const engine::Answer& answer, bool color) {
  std::string out;
  for (const auto& used : answer.resolutions) {
    const std::string what = used.label.empty() ? used.option : used.label;
    const std::string words = used.phrase.empty() ? std::string() : "“" + used.phrase + "” is ";
    out += painted(fmt::format("As chosen: {}{}", line(words), line(what)), "2", color) + '\n';
  }
  return out;
}

std::string render_findings(const engine::Answer& answer, bool color) {
  std::string out;
  for (const auto& finding : answer.findings) {
    out +=
        painted(finding.repaired ? "Mended: " : "Note: ", "33", color) + line(finding.text) + '\n';
    for (const auto& offer : finding.offers) {
      out +=
          fmt::format("  {}: {}\n", line(offer.label), painted(line(offer.question), "2", color));
    }
  }
  return out;
}

std::string how_to_choose(const clarification::Clarification& card) {
  std::string out = "Ask again with one of these, or with --no-questions for the likeliest:\n";
  for (const auto& option : card.options) {
    out += "  --choose " + line(shell_word(card.id + "=" + option.id)) + '\n';
  }
  return out;
}

Result<std::optional<std::size_t>> option_of(std::string_view given,
                                             const clarification::Clarification& card) {
  const std::string_view text = text::trim(given);
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || stop != end || error == std::errc::invalid_argument) {
    return std::optional<std::size_t>();
  }
  if (error != std::errc() || number < 1 || number > card.options.size()) {
    return make_error(ErrorCode::invalid_argument, fmt::format("there is no choice {}", text),
                      fmt::format("Choose from 1 to {}.", card.options.size()));
  }
  return std::optional<std::size_t>(number - 1);
}

clarification::Resolution resolution_of(const engine::Answer& answer, std::size_t option) {
  const auto& card = *answer.clarification;
  const auto& chosen = card.options.at(option);
  std::string phrase;
  if (card.begin < card.end && card.end <= answer.read_question.size()) {
    phrase = answer.read_question.substr(card.begin, card.end - card.begin);
  }
  return {card.id, chosen.id, std::move(phrase), chosen.label};
}

Result<clarification::Resolution> resolution_from_text(std::string_view text) {
  // Cards' ids have no equals sign; options' may.
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size()) {
    return make_error(ErrorCode::invalid_argument, fmt::format("\"{}\" is no choice", text),
                      "A choice is CARD=OPTION, as the program prints it when it asks back.");
  }
  return clarification::Resolution{
      std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)), {}, {}};
}

}  // namespace idi::cli
