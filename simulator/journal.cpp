#include "simulator/journal.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace polar_flow::simulator {

namespace {

journal_entry read_entry(const std::string& line) {
  const auto change = boost::json::parse(line);
  return {std::string{change.at("event").as_string()}, change.at("athlete").as_int64(),
          std::string{change.at("text").as_string()},
          instant{std::chrono::microseconds{change.at("at").as_int64()}}};
}

} // namespace

std::vector<journal_entry> read_journal(const std::filesystem::path& file) {
  std::vector<journal_entry> entries;
  std::ifstream stream{file};
  for (std::string line; std::getline(stream, line);) {
    try {
      entries.push_back(read_entry(line));
    } catch (const std::exception&) {
      // A half line, or the empty one that ends it.
    }
  }
  return entries;
}

journal::journal(const std::filesystem::path& file) : stream_(file, std::ios::app) {
  // Ends a half line, so that it cannot swallow the next one.
  stream_ << std::endl;
  if (!stream_)
    throw std::runtime_error("cannot write the state file " + file.string());
  // Whoever reads the file can act as the athletes.
  std::filesystem::permissions(file, std::filesystem::perms::owner_read
                                         | std::filesystem::perms::owner_write);
}

void journal::append(const journal_entry& entry) {
  const boost::json::value line{{"event", entry.event},
                                {"athlete", entry.athlete_id},
                                {"text", entry.text},
                                {"at", entry.when.time_since_epoch().count()}};
  stream_ << boost::json::serialize(line) << std::endl;
}

} // namespace polar_flow::simulator
