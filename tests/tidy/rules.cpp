#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace polar_flow::tidy {

namespace {

namespace fs = std::filesystem;

const std::set<std::string> our_folders{"domain",  "analytics", "crypto", "telemetry",
                                        "config",  "polar",     "storage", "actors", "zip",
                                        "http",    "commands",  "simulator", "tests"};

/// Folder → folders of ours that it may include besides itself.
const std::map<std::string, std::set<std::string>> may_include{
    {"domain", {}},
    {"analytics", {"domain"}},
    {"crypto", {"domain"}},
    {"telemetry", {"domain"}},
    {"config", {"domain"}},
    {"zip", {"domain"}},
    {"polar", {"domain", "config", "crypto", "telemetry"}},
    {"storage", {"domain", "config", "crypto", "telemetry"}},
    {"actors",
     {"domain", "analytics", "config", "crypto", "telemetry", "polar", "storage", "zip"}},
    {"http", {"domain", "config", "crypto", "telemetry", "zip"}},
    {"simulator", {"domain"}},
    {"commands",
     {"domain", "analytics", "config", "crypto", "telemetry", "polar", "storage", "actors",
      "http", "zip"}},
};

struct library_rule {
  /// Start of the text between `<` and `>`.
  std::string prefix;
  /// Folders, or single files, that may include it.
  std::set<std::string> owners;
};

const std::vector<library_rule> library_rules{
    {"pqxx/", {"storage"}},
    {"zstd.h", {"storage"}},
    {"archive", {"zip"}},
    {"caf/", {"actors", "http/gateway.cpp"}},
    {"openssl/", {"crypto", "polar/transport.cpp", "simulator"}},
    {"boost/asio", {"http", "simulator", "polar/transport.cpp", "commands"}},
    {"boost/beast", {"http", "simulator", "polar/transport.cpp"}},
    {"boost/json", {"http", "simulator", "polar"}},
    {"boost/", {"http", "simulator", "polar", "actors", "commands"}},
    {"spdlog/", {"telemetry"}},
    {"fmt/", {"telemetry"}},
    {"toml++/", {"config"}},
    {"CLI/", {"config", "simulator"}},
};

/// Files of http/ that may know the actors.
const std::set<std::string> actor_bridge{"http/gateway.cpp"};
const std::set<std::string> bridge_headers{"actors/interfaces.hpp", "actors/messages.hpp"};

std::string top_folder(const std::string& path) {
  const auto slash = path.find('/');
  return slash == std::string::npos ? std::string{} : path.substr(0, slash);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

std::string at(const source_file& file, std::size_t index, const std::string& what) {
  return file.path + ":" + std::to_string(index + 1) + ": " + what;
}

bool is_owner(const library_rule& rule, const std::string& path) {
  // A file owns what its folder owns; a sibling header of a named .cpp does not.
  return rule.owners.contains(top_folder(path)) || rule.owners.contains(path)
         || std::ranges::any_of(rule.owners, [&](const std::string& owner) {
              return owner.ends_with(".cpp") && path.starts_with(owner.substr(0, owner.size() - 4))
                     && path.ends_with(".cpp");
            });
}

void check_own_include(const source_file& file, std::size_t index, const std::string& target,
                       violations& found) {
  const auto from = top_folder(file.path);
  const auto to = top_folder(target);
  if (!our_folders.contains(to)) {
    found.push_back(at(file, index, "include \"" + target + "\" by its path from the root"));
    return;
  }
  if (from == "tests" || from == to)
    return;
  if (from.empty() && file.path == "main.cpp")
    return;
  if (to == "commands") {
    found.push_back(at(file, index, "only main.cpp includes commands/"));
    return;
  }
  if (actor_bridge.contains(file.path) && bridge_headers.contains(target))
    return;
  const auto allowed = may_include.find(from);
  if (allowed == may_include.end() || !allowed->second.contains(to))
    found.push_back(at(file, index, from + "/ may not include " + to + "/ (" + target + ")"));
}

void check_library_include(const source_file& file, std::size_t index, const std::string& target,
                           violations& found) {
  const auto from = top_folder(file.path);
  if (from == "tests" || from.empty())
    return;
  for (const auto& rule : library_rules) {
    if (!target.starts_with(rule.prefix))
      continue;
    if (!is_owner(rule, file.path))
      found.push_back(at(file, index, "<" + target + "> does not belong in " + file.path));
    return;
  }
}

struct banned_rule {
  /// A line that matches holds one of these; looking for them is much faster than the pattern.
  std::vector<std::string> hints;
  std::regex pattern;
  std::string instead;
  /// Path prefixes where it is allowed.
  std::vector<std::string> allowed;
};

const std::vector<banned_rule>& banned_rules() {
  static const std::vector<banned_rule> rules{
      {{"system_clock"}, std::regex{R"(system_clock::now\()"},
       "take the time from an injected wall_clock",
       {"domain/clock.cpp"}},
      {{"getenv"}, std::regex{R"(\b(secure_)?getenv\()"},
       "take it from settings; only config/ reads the environment",
       {"config/", "tests/"}},
      {{"sleep"}, std::regex{R"(\b(sleep_for|sleep_until|usleep|nanosleep)\s*\()"},
       "wait for an event, or use virtual time",
       // A PostgreSQL that is not our child gives no event when it is ready or gone, nor does a lock
       // that somebody else holds.
       {"storage/embedded_cluster.cpp", "storage/process.cpp", "storage/serving_lock.cpp"}},
      {{"caf::infinite"}, std::regex{R"(caf::infinite)"}, "give the request a finite timeout", {"tests/"}},
      {{"catch"}, std::regex{R"(\bcatch \()"},
       "return a result; exceptions are caught at the edges that STYLE rule 7 names",
       {"storage/guard.", "http/session.cpp", "http/gateway.cpp", "config/", "crypto/",
        "commands/", "main.cpp", "tests/", "simulator/", "telemetry/log.cpp",
        "polar/transport", "polar/readers/json"}},
      {{"rand"}, std::regex{R"(\b(rand|srand|random_device)\s*[({])"},
       "take randomness from an injected crypto::random_source",
       {"tests/"}},
      {{"SELECT", "INSERT", "UPDATE", "DELETE"}, std::regex{R"("\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s)"},
       "put the statement into storage/queries/",
       {"tests/"}},
      {{"using namespace"}, std::regex{R"(using namespace [a-z_:]+;)"},
       "name what you use (literals excepted)",
       {"tests/"}},
      {{"std::cout"}, std::regex{R"(std::cout\b)"}, "log, or print in commands/",
       {"commands/", "main.cpp", "simulator/", "tests/"}},
      {{"assert("}, std::regex{R"(\bassert\()"}, "handle it as an error value", {"tests/"}},
  };
  return rules;
}

bool holds_any(const std::string& line, const std::vector<std::string>& texts) {
  return std::ranges::any_of(texts, [&](const std::string& text) {
    return line.find(text) != std::string::npos;
  });
}

bool is_comment(const std::string& line) {
  const auto start = line.find_first_not_of(' ');
  return start != std::string::npos && line.compare(start, 2, "//") == 0;
}

} // namespace

std::vector<source_file> read_sources() {
  const char* root_text = std::getenv("POLAR_FLOW_SOURCE_DIR");
  if (root_text == nullptr)
    return {};
  const fs::path root{root_text};
  std::vector<source_file> sources;
  const auto add = [&](const fs::path& path) {
    if (path.extension() != ".cpp" && path.extension() != ".hpp")
      return;
    std::ifstream stream{path};
    std::ostringstream text;
    text << stream.rdbuf();
    sources.push_back({fs::relative(path, root).generic_string(), text.str()});
  };
  for (const auto& folder : our_folders) {
    if (!fs::exists(root / folder))
      continue;
    for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
      // These rules spell out what they forbid, so they cannot judge themselves.
      if (entry.path().parent_path() != root / "tests" / "tidy")
        add(entry.path());
    }
  }
  if (fs::exists(root / "main.cpp"))
    add(root / "main.cpp");
  std::ranges::sort(sources, {}, &source_file::path);
  return sources;
}

violations check_includes(const source_file& file) {
  static const std::regex own{R"re(^#include "([^"]+)")re"};
  static const std::regex library{R"(^#include <([^>]+)>)"};
  violations found;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with("#include"))
      continue;
    std::smatch match;
    if (std::regex_search(lines[i], match, own)) {
      const auto target = match[1].str();
      if (target.starts_with("caf/"))
        check_library_include(file, i, target, found);
      else
        check_own_include(file, i, target, found);
    } else if (std::regex_search(lines[i], match, library)) {
      check_library_include(file, i, match[1].str(), found);
    }
  }
  return found;
}

violations check_banned(const source_file& file) {
  violations found;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_comment(lines[i]))
      continue;
    for (const auto& rule : banned_rules()) {
      if (!holds_any(lines[i], rule.hints))
        continue;
      const bool is_allowed = std::ranges::any_of(rule.allowed, [&](const std::string& prefix) {
        return file.path.starts_with(prefix);
      });
      std::smatch match;
      if (!is_allowed && std::regex_search(lines[i], match, rule.pattern)
          && lines[i].find("_literals") == std::string::npos)
        found.push_back(at(file, i, "'" + match.str() + "': " + rule.instead));
    }
  }
  return found;
}

violations check_text(const source_file& file) {
  constexpr std::size_t columns_max = 100;
  static const std::regex fixme{R"(\b(FIXME|XXX)\b)"};
  static const std::regex todo_without_issue{R"(\bTODO\b(?!\(#\d+\)))"};
  violations found;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    // Columns are characters: continuation bytes of UTF-8 do not count.
    const auto columns = static_cast<std::size_t>(std::ranges::count_if(line, [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
    if (columns > columns_max)
      found.push_back(at(file, i, "longer than 100 columns"));
    if (line.ends_with(' ') || line.find('\t') != std::string::npos)
      found.push_back(at(file, i, "trailing blank or tab"));
    if (holds_any(line, {"FIXME", "XXX"}) && std::regex_search(line, fixme))
      found.push_back(at(file, i, "mend it before it reaches main"));
    if (holds_any(line, {"TODO"}) && std::regex_search(line, todo_without_issue))
      found.push_back(at(file, i, "name the issue: TODO(#12)"));
  }
  if (file.path.ends_with(".hpp") && file.text.find("#pragma once") == std::string::npos)
    found.push_back(at(file, 0, "begin the header with #pragma once"));
  return found;
}

violations check_explained(const source_file& file) {
  static const std::regex message{R"(^\s*(caf::)?(replies_to|reacts_to)<)"};
  static const std::regex limit{R"(^\s*inline constexpr )"};
  const bool is_interfaces = file.path == "actors/interfaces.hpp";
  const bool is_defaults = file.path == "config/defaults.hpp";
  violations found;
  if (!is_interfaces && !is_defaults)
    return found;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& pattern = is_interfaces ? message : limit;
    if (std::regex_search(lines[i], pattern) && (i == 0 || !is_comment(lines[i - 1])))
      found.push_back(at(file, i, "explain it in a comment on the line above"));
  }
  return found;
}

} // namespace polar_flow::tidy
