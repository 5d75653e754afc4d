//! Pictures as PNG, drawn from their SVG with one font that comes with the program.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::canvas::ChartError;

/// Pixels of the PNG for each of the SVG, so that it is sharp in print.
const SCALE: f32 = 2.0;

/// An SVG as PNG. No font of the system is read.
///
/// # Errors
///
/// [`ChartError::Drawing`] where it is no SVG, or too large.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let failed = |why: &dyn std::fmt::Display| ChartError::Drawing(why.to_string());
    let mut fonts = fontdb::Database::new();
    for font in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Noto Sans");
    let options = Options {
        fontdb: Arc::new(fonts),
        font_family: "Noto Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let pixmap = size.and_then(|size| Pixmap::new(size.width(), size.height()));
    let mut pixmap = pixmap.ok_or_else(|| failed(&"it has no size"))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
                           <text x=\"2\" y=\"14\" font-family=\"No Such Font, sans-serif\">A</text></svg>";

    #[test]
    fn text_is_drawn_with_the_font_that_comes_along() {
        let png = png(DRAWING).unwrap();
        let drawn = Pixmap::decode_png(&png).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (80, 40));
        assert!(drawn.pixels().iter().any(|pixel| pixel.alpha() > 128), "the letter is not there");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(png("no picture").is_err());
    }
}
