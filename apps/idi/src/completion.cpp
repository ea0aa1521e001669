#include "completion.hpp"

#include <fmt/format.h>

#include <functional>

#include "idi/core/text.hpp"

namespace idi::cli {
namespace {

/// For single quotes in a shell.
std::string quoted(const std::string& text) {
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

std::string first_line(const std::string& help) { return help.substr(0, help.find('\n')); }

/// "idi demo create" for each command, the program included.
void for_each_command(
    const CommandWords& command, const std::string& path,
    const std::function<void(const std::string& path, const CommandWords&)>& visit) {
  visit(path, command);
  for (const auto& child : command.commands) {
    for_each_command(child, path + " " + child.name, visit);
  }
}

std::vector<std::string> words_of(const CommandWords& command) {
  std::vector<std::string> words;
  for (const auto& child : command.commands) words.push_back(child.name);
  for (const auto& option : command.options) {
    words.insert(words.end(), option.names.begin(), option.names.end());
  }
  return words;
}

std::string bash(const CommandWords& program) {
  std::string known, words;
  for_each_command(program, program.name,
                   [&](const std::string& path, const CommandWords& command) {
                     known += fmt::format("      {}) path={} ;;\n", quoted(path), quoted(path));
                     words += fmt::format("    {}) words={} ;;\n", quoted(path),
                                          quoted(text::join(words_of(command), " ")));
                   });
  return fmt::format(R"(# bash completion for {0}: source <({0} completion bash)
_{0}() {{
  local path={0} words='' i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case "$path ${{COMP_WORDS[i]}}" in
{1}    esac
  done
  case $path in
{2}  esac
  local current=${{COMP_WORDS[COMP_CWORD]}}
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ ${{#COMPREPLY[@]}} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}}
complete -o filenames -F _{0} {0}
)",
                     program.name, known, words);
}

std::string zsh(const CommandWords& program) {
  std::string known, words;
  for_each_command(program, program.name,
                   [&](const std::string& path, const CommandWords& command) {
                     known += fmt::format("      {}) at={} ;;\n", quoted(path), quoted(path));
                     std::string entries;
                     const auto add = [&](std::string word, const std::string& help) {
                       // A colon parts the word from its description.
                       entries += " " + quoted(fmt::format("{}:{}", word, first_line(help)));
                     };
                     for (const auto& child : command.commands) add(child.name, child.help);
                     for (const auto& option : command.options) {
                       for (const auto& name : option.names) add(name, option.help);
                     }
                     words += fmt::format("    {}) described=({} ) ;;\n", quoted(path), entries);
                   });
  return fmt::format(R"(#compdef {0}
# zsh completion for {0}: {0} completion zsh > "${{fpath[1]}}/_{0}"
_{0}() {{
  local at={0} i
  local -a described
  for ((i = 2; i < CURRENT; ++i)); do
    case "$at ${{words[i]}}" in
{1}    esac
  done
  case $at in
{2}  esac
  _describe 'command or option' described || _files
}}
compdef _{0} {0}
)",
                     program.name, known, words);
}

std::string fish(const CommandWords& program) {
  std::string out =
      fmt::format("# fish completion for {0}: {0} completion fish | source\n", program.name);
  std::vector<std::string> top;
  for (const auto& child : program.commands) top.push_back(child.name);
  for_each_command(
      program, program.name, [&](const std::string& path, const CommandWords& command) {
        std::string condition;
        if (path == program.name) {
          condition = fmt::format("not __fish_seen_subcommand_from {}", text::join(top, " "));
        } else {
          const auto names = text::split(path.substr(program.name.size() + 1), ' ');
          for (const auto& name : names) {
            if (!condition.empty()) condition += "; and ";
            condition += "__fish_seen_subcommand_from " + name;
          }
        }
        for (const auto& child : command.commands) {
          out += fmt::format("complete -c {} -n {} -f -a {} -d {}\n", program.name,
                             quoted(condition), child.name, quoted(first_line(child.help)));
        }
        for (const auto& option : command.options) {
          std::string names;
          for (const auto& name : option.names) {
            names += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
          }
          out +=
              fmt::format("complete -c {} -n {}{}{} -d {}\n", program.name, quoted(condition),
                          names, option.takes_value ? " -r" : "", quoted(first_line(option.help)));
        }
      });
  return out;
}

}  // namespace

std::string completion_script(Shell shell, const CommandWords& program) {
  switch (shell) {
    case Shell::bash:
      return bash(program);
    case Shell::zsh:
      return zsh(program);
    case Shell::fish:
      return fish(program);
  }
  return {};
}

}  // namespace idi::cli
