#include "crypto/hash.hpp"
#include "domain/version.hpp"
#include "storage/compress.hpp"
#include "storage/store_impl.hpp"
#include "storage/takeout_format.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::storage {

namespace {

/// What one page holds, and what one statement gets: round trips then cost little beside the work,
/// and memory is bounded by some megabytes. A row or a body that is larger comes alone.
constexpr std::size_t page_bytes = 1024 * 1024;

/// The origin of lines that wait for their bodies; as it stands in the statements.
constexpr std::string_view waiting_origin = "takeout";

const takeout_table* find_table(std::string_view name) {
  const auto* found = std::ranges::find(takeout_tables, name, &takeout_table::name);
  return found == takeout_tables.end() ? nullptr : found;
}

// -- taking out --------------------------------------------------------------------------------

// A place is the name of a table and the key of the last row that was taken, or the folder of the
// archive, the last body, and the key of the last line of tables/raw_replies.jsonl.

std::string place_in(std::string_view name, std::string_view key) {
  std::string place{name};
  place += ' ';
  place += key;
  return place;
}

/// Where the bodies go on whose lines end at `last_line`.
std::string place_in_archive(std::int64_t last_body, std::string_view last_line) {
  return place_in(replies_folder, place_in(std::to_string(last_body), last_line));
}

std::string place_behind(const takeout_table& table, std::string_view last_key) {
  const auto* next = &table + 1;
  return next == takeout_tables.end() ? place_in_archive(0, last_key)
                                      : place_in(next->name, next->start);
}

/// The text before the first blank, and what comes behind it.
std::pair<std::string_view, std::string_view> split(std::string_view place) {
  const auto blank = place.find(' ');
  if (blank == std::string_view::npos)
    return {place, {}};
  return {place.substr(0, blank), place.substr(blank + 1)};
}

result<takeout_page> load_beginning(transaction& tx, const user_id& user) {
  const auto rows = tx.run(statements::make_takeout_manifest,
                           parameters::of(user, takeout_format, server_version));
  if (rows.empty())
    return fail(errc::unknown_user, unknown_user_message);
  const auto row = rows.front();
  takeout_page page;
  page.pieces.push_back({std::string{manifest_file}, row_reader{row}.next<std::string>() + '\n'});
  page.pieces.push_back({std::string{readme_file}, std::string{takeout_readme}});
  page.next = place_in(takeout_tables.front().name, takeout_tables.front().start);
  return page;
}

std::string file_of(const takeout_table& table) {
  std::string file{tables_folder};
  file += table.name;
  file += table_extension;
  return file;
}

takeout_page load_rows(transaction& tx, const statement& loading, const user_id& user,
                       const takeout_table& table, std::string_view from) {
  takeout_piece piece{file_of(table), {}};
  std::string last_key{from};
  std::size_t bytes = 0;
  for (const auto& row : tx.run(loading, parameters::of(user, from, page_bytes, table.left_out))) {
    row_reader in{row};
    const auto line = in.next<std::string>();
    in >> last_key;
    bytes += line.size();
    piece.content += line;
    piece.content += '\n';
  }
  takeout_page page;
  page.next = bytes < page_bytes ? place_behind(table, last_key) : place_in(table.name, last_key);
  if (bytes > 0)
    page.pieces.push_back(std::move(piece));
  return page;
}

/// Whether a body is to be opened as JSON. Polar's documents are objects or lists; a body that was
/// cut off or that a proxy wrote is neither.
bool looks_like_json(std::string_view body) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = body.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return false;
  const char last = body[body.find_last_not_of(blanks)];
  return (body[first] == '{' && last == '}') || (body[first] == '[' && last == ']');
}

result<takeout_page> load_bodies(transaction& tx, const user_id& user, std::string_view from) {
  const auto [last_body_text, last_line] = split(from);
  std::int64_t last_body = 0;
  const auto parsed = std::from_chars(last_body_text.data(),
                                      last_body_text.data() + last_body_text.size(), last_body);
  if (parsed.ec != std::errc{})
    return fail(errc::invalid_argument, "a takeout has no such place");
  takeout_page page;
  for (const auto& row : tx.run(statements::load_takeout_bodies,
                                parameters::of(user, last_body, last_line, page_bytes))) {
    row_reader in{row};
    in >> last_body;
    const auto body_bytes = in.next<std::uint64_t>();
    auto body = decompress(in.next<byte_string>().content, body_bytes);
    if (!body)
      return std::unexpected{std::move(body.error())};
    std::string file{replies_folder};
    file += std::to_string(last_body);
    file += looks_like_json(*body) ? ".json" : ".txt";
    page.pieces.push_back({std::move(file), std::move(*body)});
  }
  if (!page.pieces.empty())
    page.next = place_in_archive(last_body, last_line);
  return page;
}

// -- putting back ------------------------------------------------------------------------------

/// The lines of a piece, without those that are blank.
struct numbered_line {
  std::int64_t number = 0;
  std::string_view text;
};

std::vector<numbered_line> lines_of(std::string_view content, std::int64_t first_line) {
  std::vector<numbered_line> lines;
  std::int64_t number = first_line - 1;
  while (!content.empty()) {
    const auto text = content.substr(0, content.find('\n'));
    ++number;
    if (text.find_first_not_of(" \t\r") != std::string_view::npos)
      lines.push_back({number, text});
    content.remove_prefix(std::min(text.size() + 1, content.size()));
  }
  return lines;
}

/// Puts lines of one table back, inside of a transaction.
class table_writer {
public:
  table_writer(transaction& tx, takeout_statements& statements, const user_id& user,
               const takeout_table& table, instant now)
      : tx_{tx}, made_{statements}, user_{user}, table_{table}, now_{now} {
    // nop
  }

  std::int64_t put(std::span<const numbered_line> lines) {
    std::int64_t added = 0;
    while (!lines.empty()) {
      array_text batch;
      std::size_t bytes = 0;
      std::size_t count = 0;
      while (count < lines.size() && bytes < page_bytes) {
        bytes += lines[count].text.size();
        batch.add(lines[count++].text);
      }
      added += put_batch(std::move(batch).finish());
      lines = lines.subspan(count);
    }
    if (added > 0)
      tx_.run(statements::note_data_change, parameters::of(user_, now_));
    return added;
  }

private:
  std::int64_t put_batch(const std::string& lines) {
    switch (table_.kind) {
    case takeout_rows::plain:
      return insert(lines);
    case takeout_rows::numbered:
      return insert_with_numbers(lines);
    case takeout_rows::ecg_tests:
      return insert_ecg_tests(lines);
    case takeout_rows::user:
      return count(tx_.run(statements::put_takeout_users, parameters::of(user_, lines, now_)));
    case takeout_rows::replies:
      tx_.run(statements::put_takeout_announcements,
              parameters::of(user_, lines, now_, waiting_origin, replies_folder));
      return 0;
    }
    return 0;
  }

  std::int64_t insert(const std::string& lines) {
    return count(tx_.run(made_.putting(tx_, table_), parameters::of(user_, lines)));
  }

  std::int64_t insert_with_numbers(const std::string& lines) {
    tx_.run(statements::lock_ecg_ids);
    const auto added = insert(lines);
    tx_.run(statements::pass_ecg_ids, parameters::of(user_));
    return added;
  }

  /// The number of a test may be another test's here, or be missing.
  std::int64_t insert_ecg_tests(const std::string& lines) {
    const auto added = insert(lines);
    tx_.run(statements::number_ecg, parameters::of(user_));
    return added;
  }

  static std::int64_t count(const pqxx::result& changed) {
    return static_cast<std::int64_t>(changed.affected_rows());
  }

  transaction& tx_;
  takeout_statements& made_;
  const user_id& user_;
  const takeout_table& table_;
  instant now_;
};

/// The number of the line that `fits`, which tries lines and takes them back, refuses alone.
/// PostgreSQL says that one of many is wrong, and in its text a value, but not which one.
template <class Fits>
std::optional<std::int64_t> find_bad_line(std::span<const numbered_line> lines, Fits fits) {
  if (lines.empty() || fits(lines))
    return std::nullopt;
  while (lines.size() > 1) {
    const auto half = lines.size() / 2;
    lines = fits(lines.first(half)) ? lines.subspan(half) : lines.first(half);
  }
  return fits(lines) ? std::nullopt : std::optional{lines.front().number};
}

error bad_line(std::string_view file, std::int64_t number) {
  std::string message{file};
  message += ", line ";
  message += std::to_string(number);
  message += ": this is no row of the table";
  return {errc::invalid_argument, std::move(message)};
}

error bad_file(std::string_view file, std::string_view reason) {
  std::string message{file};
  message += ": ";
  message += reason;
  return {errc::invalid_argument, std::move(message)};
}

result<std::int64_t> check_manifest(transaction& tx, const user_id& user,
                                    const std::string& content) {
  const auto rows = tx.run(statements::check_takeout_manifest, parameters::of(content));
  const auto row = rows.front();
  row_reader in{row};
  const auto format = in.next<std::optional<std::int32_t>>();
  const auto owner = in.next<std::optional<std::string>>();
  if (!format || *format < 1)
    return std::unexpected{bad_file(manifest_file, "this is no manifest of a takeout")};
  if (*format > takeout_format)
    return std::unexpected{bad_file(manifest_file, "a newer server has made this takeout")};
  if (owner != user.value)
    return std::unexpected{bad_file(manifest_file, "this takeout is about another user")};
  return 0;
}

/// A body is known by the number in its name.
std::string name_of_reply(std::string_view file) {
  return std::string{file.substr(0, file.rfind('.'))};
}

result<std::int64_t> put_body(transaction& tx, const user_id& user, const takeout_piece& piece) {
  const auto sha256 = sql_bytes(std::span<const std::uint8_t>{crypto::sha256(piece.content)});
  const auto body = compress(piece.content);
  if (!body)
    return std::unexpected{body.error()};
  const auto rows = tx.run(statements::put_takeout_reply,
                           parameters::of(user, waiting_origin, name_of_reply(piece.file), sha256,
                                          piece.content.size(), sql_bytes(*body)));
  const auto row = rows.front();
  row_reader in{row};
  const auto announced = in.next<std::int64_t>();
  if (announced == 0)
    return std::unexpected{
        bad_file(piece.file, "no line of tables/raw_replies.jsonl before it tells of this reply")};
  return in.next<std::int64_t>();
}

} // namespace

result<takeout_page> store::load_takeout_page(const user_id& user,
                                              const std::optional<std::string>& from) {
  return impl_->db.read([&](transaction& tx) -> result<takeout_page> {
    if (!from)
      return load_beginning(tx, user);
    // Who was erased in the middle of a takeout gets a broken one, not one that looks whole.
    if (tx.run(statements::find_user, parameters::of(user)).empty())
      return fail(errc::unknown_user, unknown_user_message);
    const auto [name, key] = split(*from);
    if (name == replies_folder)
      return load_bodies(tx, user, key);
    const auto* table = find_table(name);
    if (table == nullptr)
      return fail(errc::invalid_argument, "a takeout has no such place");
    return load_rows(tx, impl_->takeout.loading(*table), user, *table, key);
  });
}

result<std::int64_t> store::put_takeout_piece(const shard_claim& claim, const user_id& user,
                                              const takeout_piece& piece, instant now,
                                              std::int64_t first_line) {
  const auto write = [&](const auto& work) {
    return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<std::int64_t> {
      if (tx.run(statements::lock_user, parameters::of(user)).empty())
        return fail(errc::unknown_user, unknown_user_message);
      return work(tx);
    });
  };
  const std::string_view file{piece.file};
  if (file == readme_file)
    return 0;
  if (file.starts_with(replies_folder))
    return write([&](transaction& tx) { return put_body(tx, user, piece); });
  if (file == manifest_file) {
    auto checked = write([&](transaction& tx) { return check_manifest(tx, user, piece.content); });
    if (!checked && checked.error().code == errc::storage_failed)
      return std::unexpected{bad_file(file, "this is no manifest of a takeout")};
    return checked;
  }

  const auto* table = std::ranges::find(takeout_tables, file, file_of);
  if (table == takeout_tables.end())
    return std::unexpected{bad_file(file, "this is no file of a takeout")};
  const auto lines = lines_of(piece.content, first_line);
  auto added = write([&](transaction& tx) -> result<std::int64_t> {
    return table_writer{tx, impl_->takeout, user, *table, now}.put(lines);
  });
  if (added || added.error().code != errc::storage_failed)
    return added;
  const auto bad = find_bad_line(lines, [&](std::span<const numbered_line> some) {
    bool fits = false;
    write([&](transaction& tx) -> result<std::int64_t> {
      table_writer{tx, impl_->takeout, user, *table, now}.put(some);
      fits = true;
      return fail(errc::none, "only tried");
    });
    return fits;
  });
  return bad ? std::unexpected{bad_line(file, *bad)} : added;
}

} // namespace polar_flow::storage
