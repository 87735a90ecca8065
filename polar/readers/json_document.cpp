#include "polar/readers/json_document.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <string>

namespace polar_flow::polar {

namespace {

/// Nesting that is followed. Polar's deepest answer (step samples inside an activity) has six
/// levels; a limit keeps a hostile answer from exhausting the stack.
constexpr std::size_t depth_max = 32;

/// Bytes that are parsed at most. The largest recorded answer has 3 MB, the transport has a
/// limit of its own; this one protects readers of imported files too.
constexpr std::size_t body_bytes_max = std::size_t{64} * 1024 * 1024;

/// Values (numbers, texts, lists, objects) in one answer. A month of hour-long sessions with a
/// route point per second holds about 700 thousand; beyond this the memory is worth more.
constexpr std::size_t values_max = 4'000'000;

/// Builds a document as boost::json::parser does, but converts fractions itself: the parser's own
/// conversion may be off by one unit in the last place, and what Polar sent must not change.
struct document_handler {
  static constexpr std::size_t max_object_size = values_max;
  static constexpr std::size_t max_array_size = values_max;
  static constexpr std::size_t max_key_size = body_bytes_max;
  static constexpr std::size_t max_string_size = body_bytes_max;

  using text = boost::json::string_view;
  using error_code = boost::json::error_code;

  boost::json::value_stack stack;
  std::string number_text;
  std::size_t values = 0;

  bool count(error_code& failure) {
    if (++values <= values_max)
      return true;
    failure = boost::json::error::array_too_large;
    return false;
  }

  bool on_document_begin(error_code&) {
    return true;
  }

  bool on_document_end(error_code&) {
    return true;
  }

  bool on_object_begin(error_code& failure) {
    return count(failure);
  }

  bool on_object_end(std::size_t members, error_code&) {
    stack.push_object(members);
    return true;
  }

  bool on_array_begin(error_code& failure) {
    return count(failure);
  }

  bool on_array_end(std::size_t items, error_code&) {
    stack.push_array(items);
    return true;
  }

  bool on_key_part(text part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }

  bool on_key(text part, std::size_t, error_code&) {
    stack.push_key(part);
    return true;
  }

  bool on_string_part(text part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }

  bool on_string(text part, std::size_t, error_code& failure) {
    stack.push_string(part);
    return count(failure);
  }

  bool on_number_part(text part, error_code&) {
    number_text.append(part.data(), part.size());
    return true;
  }

  bool on_int64(std::int64_t number, text, error_code& failure) {
    number_text.clear();
    stack.push_int64(number);
    return count(failure);
  }

  bool on_uint64(std::uint64_t number, text, error_code& failure) {
    number_text.clear();
    stack.push_uint64(number);
    return count(failure);
  }

  bool on_double(double approximate, text part, error_code& failure) {
    number_text.append(part.data(), part.size());
    double exact = approximate;
    std::from_chars(number_text.data(), number_text.data() + number_text.size(), exact);
    number_text.clear();
    stack.push_double(exact);
    return count(failure);
  }

  bool on_bool(bool flag, error_code& failure) {
    stack.push_bool(flag);
    return count(failure);
  }

  bool on_null(error_code& failure) {
    stack.push_null();
    return count(failure);
  }

  bool on_comment_part(text, error_code&) {
    return true;
  }

  bool on_comment(text, error_code&) {
    return true;
  }
};

/// Some re-encoders put a byte order mark in front.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

constexpr std::string_view white_space = " \t\r\n";

} // namespace

result<boost::json::value> parse_document(std::string_view body) {
  if (body.starts_with(byte_order_mark))
    body.remove_prefix(byte_order_mark.size());
  if (body.find_first_not_of(white_space) == std::string_view::npos)
    return boost::json::value(nullptr);
  if (body.size() > body_bytes_max)
    return fail(errc::polar_unreadable, "the answer is too large to read");

  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::basic_parser<document_handler> parser{options};
  parser.handler().stack.reset();
  boost::json::error_code failure;
  const auto read = parser.write_some(false, body.data(), body.size(), failure);
  if (!failure && read < body.size())
    failure = boost::json::error::extra_data;
  if (failure)
    return fail(errc::polar_unreadable, "the answer is not JSON that can be read, at byte "
                                            + std::to_string(read) + ": " + failure.message());
  return parser.handler().stack.release();
}

} // namespace polar_flow::polar
