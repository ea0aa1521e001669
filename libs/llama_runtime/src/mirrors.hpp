// Which mirrors of Debian's archive this machine uses, from apt's own lists of sources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace idi::llama_runtime {

struct Mirror {
  std::string url;      ///< "http://deb.debian.org/debian", without a slash at the end.
  std::string keyring;  ///< A file; Debian's own where the source names none.
  friend bool operator==(const Mirror&, const Mirror&) = default;
};

/// Debian's own keyring, and the mirror that serves everybody.
inline constexpr const char* debian_keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
inline constexpr const char* everybodys_mirror = "http://deb.debian.org/debian";

/// One file of sources, in apt's one-line format (sources.list(5)) or, `deb822`, in its other.
struct SourcesFile {
  std::string text;
  bool deb822 = false;
};

/// The main archive alone: not security, updates or backports, not other people's. `codename`: of
/// this Debian release ("bookworm"). Most likely first; everybody's mirror is the last one.
[[nodiscard]] std::vector<Mirror> mirrors_in(const std::vector<SourcesFile>& files,
                                             std::string_view codename);

/// Of this machine: /etc/apt/sources.list and sources.list.d, /etc/os-release.
[[nodiscard]] std::vector<Mirror> mirrors_of_this_machine();

}  // namespace idi::llama_runtime
